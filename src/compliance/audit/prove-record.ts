import { base64url, fromBase64url } from '../../protocol/encoding.ts';
import { ExportLine } from '../../protocol/log/audit-export.ts';
import { openCheckpoint } from '../../protocol/log/checkpoint.ts';
import { leafHash, sameHash } from '../../protocol/log/hash.ts';
import { proveInclusion, verifyInclusion } from '../../protocol/log/inclusion.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { originOf } from '../../protocol/log/origin.ts';
import type { NoteVerifier } from '../../protocol/log/signed-note.ts';
import { treeOf } from './leaf-tree.ts';

/** Everything that shows, offline, that a record is in a log: nothing else of the log is needed. */
export interface RecordProof {
  readonly party: string;
  readonly index: number;
  readonly size: number;
  /** The record’s canonical JSON, and its leaf hash (base64url). */
  readonly record: string;
  readonly leaf: string;
  /** The inclusion proof (RFC 9162 §2.1.3), base64url, lowest first. */
  readonly path: readonly string[];
  /** The log’s signed checkpoint. */
  readonly checkpoint: string;
}

/**
 * Proves one record of an export against its last checkpoint, and verifies what it proves.
 * @throws LogInvalid: missing when there is no such record, pruned when its time is over; what the checkpoint is not
 */
export async function proveRecord(
  lines: Iterable<string> | AsyncIterable<string>,
  { party, keys, index }: { party: string; keys: readonly NoteVerifier[]; index: number },
): Promise<RecordProof> {
  const leaves: Uint8Array[] = [];
  let record: string | undefined;
  let checkpoint: string | undefined;
  for await (const text of lines) {
    const line = ExportLine.parse(JSON.parse(text));
    if ('checkpoint' in line) checkpoint = line.checkpoint;
    if (!('index' in line)) continue;
    leaves.push(fromBase64url(line.leaf));
    if (line.index === index) record = line.record;
  }
  const leaf = leaves[index];
  if (!leaf || checkpoint === undefined) throw new LogInvalid('missing', { index });
  if (record === undefined) throw new LogInvalid('pruned', { index });
  if (!sameHash(leafHash(record), leaf)) throw new LogInvalid('record', { index });
  const { size, root } = openCheckpoint(checkpoint, { origin: originOf(party), keys });
  const path = proveInclusion(index, size, treeOf(leaves));
  verifyInclusion(path, { leaf, index, size, root });
  return {
    ...{ party, index, size, record, checkpoint },
    leaf: base64url(leaf),
    path: path.map((hash) => base64url(hash)),
  };
}
