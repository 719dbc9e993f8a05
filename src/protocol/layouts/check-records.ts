import type { CopyRecord } from '../plaintext.ts';
import type { Form } from './compile.ts';
import type { Value } from './item-form.ts';
import { type FormReason, type RecordReason, type Words, wordsFor } from './reasons.ts';

/** One thing that is wrong with the records of a copy. Never the value. */
export interface RecordFinding extends Words {
  /** Which record, from 0. */
  readonly record: number;
  /** The item’s name; none for a record as a whole, or for an item that the layout does not have. */
  readonly item?: string;
  readonly reason: FormReason | RecordReason;
}

/** The form check of one person’s copy: everything that is wrong with its records by their layout. */
export function checkRecords(form: Form, records: readonly CopyRecord[]): RecordFinding[] {
  const findings: RecordFinding[] = [];
  const keys = new Set<string>();
  for (const [at, record] of records.entries()) {
    const before = findings.length;
    const values: Value[] = [];
    for (const { item, check } of form.items) {
      const value = Object.hasOwn(record, item.name) ? record[item.name] : undefined;
      values.push(value ?? null);
      const reason = value === undefined ? 'missing_item' : check(value)?.reason;
      if (reason) findings.push({ record: at, item: item.name, reason, ...wordsFor(reason, item) });
    }
    if (Object.keys(record).length > form.items.length - missing(findings, before)) {
      findings.push({ record: at, reason: 'unknown_item', ...wordsFor('unknown_item') });
    }
    const key = findings.length === before ? form.keyOf(values) : undefined;
    if (key !== undefined && keys.has(key)) {
      findings.push({ record: at, reason: 'duplicate_key', ...wordsFor('duplicate_key') });
    }
    if (key !== undefined) keys.add(key);
  }
  return findings;
}

const missing = (findings: readonly RecordFinding[], from: number): number =>
  findings.slice(from).filter(({ reason }) => reason === 'missing_item').length;
