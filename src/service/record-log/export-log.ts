import { base64url } from '../../protocol/encoding.ts';
import type { ExportLine } from '../../protocol/log/audit-export.ts';
import { originOf } from '../../protocol/log/origin.ts';
import { formatNote, parseNote, parseSignature } from '../../protocol/log/signed-note.ts';
import type { LogStore } from '../sqlite/log-store.ts';

const AT_ONCE = 500;

/**
 * A party's whole log as it is now, line by line in the shape that `auditExport` verifies: the records in order,
 * a checkpoint wherever another party cosigned one and the newest at the end, then what this party has seen of other
 * logs. Only a few hundred are in memory.
 */
export async function* exportLog(store: LogStore): AsyncGenerator<ExportLine> {
  const { records, peers } = store;
  const { size } = records.head;
  const cosigned = [...peers.all().values()].flatMap((peer) => peer.cosigned ?? []);
  const stops = new Set([...cosigned.map((one) => one.size).filter((at) => at <= size), size]);
  let from = 0;
  for (const to of [...stops].sort((one, other) => one - other)) {
    for (; from < to; from = Math.min(to, from + AT_ONCE)) {
      // All of a few at once: an open cursor must not outlive a commit.
      for (const { index, record, leaf } of [
        ...records.leaves(from, Math.min(to, from + AT_ONCE)),
      ]) {
        yield { index, ...(record !== undefined && { record }), leaf: base64url(leaf) };
      }
    }
    const signatures = cosigned.filter((one) => one.size === to).map((one) => one.signature);
    if (to > 0) yield { checkpoint: withCosignatures(await records.checkpointAt(to), signatures) };
  }
  for (let after = 0; ; ) {
    const heads = peers.heads(after, AT_ONCE);
    for (const { log, checkpoint } of heads) yield { seen: { log, checkpoint } };
    after = heads.at(-1)?.id ?? after;
    if (heads.length < AT_ONCE) break;
  }
}

/** A checkpoint with the signature lines of its witnesses. */
function withCosignatures(checkpoint: string, lines: readonly string[]): string {
  const { text, signatures } = parseNote(checkpoint);
  return formatNote({ text, signatures: [...signatures, ...lines.map(parseSignature)] });
}

/** NDJSON of an export. */
export async function* exportText(store: LogStore): AsyncGenerator<string> {
  for await (const line of exportLog(store)) yield `${JSON.stringify(line)}\n`;
}

/** What a file of an export is called. */
export const exportName = (party: string): string => `${originOf(party).replace('/', '-')}.ndjson`;
