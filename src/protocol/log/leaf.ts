import { canonicalJson } from '../encoding.ts';
import { ProvisionRecord } from '../record.ts';
import { MAX_LEAF_BYTES } from './entry-bundle.ts';
import { LogInvalid } from './log-invalid.ts';

/**
 * The leaf of a record: its canonical JSON (RFC 8785), whose UTF-8 is hashed. Keep this text as it is;
 * another spelling of the same record is another leaf. Throws RangeError beyond 65,535 bytes.
 */
export function recordLeaf(record: ProvisionRecord): string {
  const leaf = canonicalJson(record);
  if (Buffer.byteLength(leaf) > MAX_LEAF_BYTES) throw new RangeError('the record is too long');
  return leaf;
}

/**
 * The record of a leaf, if the leaf is exactly what `recordLeaf` makes of it.
 * @throws LogInvalid record
 */
export function readRecordLeaf(leaf: string): ProvisionRecord {
  let record: ProvisionRecord;
  let again: string;
  try {
    record = ProvisionRecord.parse(JSON.parse(leaf));
    again = recordLeaf(record);
  } catch (cause) {
    // A parser's message may quote what it read; the cause stays out of reach.
    throw new LogInvalid('record', {}, { cause: cause instanceof Error ? cause.name : undefined });
  }
  if (again !== leaf) throw new LogInvalid('record');
  return record;
}
