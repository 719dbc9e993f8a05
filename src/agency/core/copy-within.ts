import type { Period } from '../../protocol/identifiers.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';
import type { Copy } from './copies/ports.ts';

/**
 * What of a copy lies within the period that was asked for: no more is provided. Rows without a date
 * stay; a copy of which nothing stays is no record.
 */
export function copyWithin<Held extends Pick<Copy, 'datedBy' | 'records'>>(
  copy: Held | undefined,
  period: Period | undefined,
): Held | undefined {
  const item = copy?.datedBy;
  if (!copy || !period || item === undefined) return copy;
  const rows: CopyRecord[] = JSON.parse(copy.records);
  const within = rows.filter((row) => lies(row[item], period));
  return within.length === 0 ? undefined : { ...copy, records: JSON.stringify(within) };
}

/** A month or a year lies within the period when any day of it does. */
function lies(date: CopyRecord[string] | undefined, { from, until }: Period): boolean {
  if (date === null || date === undefined) return true;
  const day = String(date);
  const cut = (bound: string) => bound.slice(0, day.length);
  return (from === undefined || cut(from) <= day) && (until === undefined || day <= cut(until));
}
