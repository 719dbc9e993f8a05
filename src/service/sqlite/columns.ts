import type { Row } from './statements.ts';

// Readers of one column. They throw TypeError naming the column, never its value: a store that finds
// another type than it wrote has broken data and must not guess.

const wrong = (column: string, expected: string): TypeError =>
  new TypeError(`column ${column} is not ${expected}`);

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrong(column, 'text');
  return value;
}

/** A safe integer. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(column, 'an integer');
  return value;
}

/** 0 or 1. */
export function flag(row: Row, column: string): boolean {
  const value = row[column];
  if (value !== 0 && value !== 1) throw wrong(column, '0 or 1');
  return value === 1;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw wrong(column, 'bytes');
  return value;
}

/** Reads with another reader unless the column is NULL: `nullable(row, 'ended_at', text)`. */
export const nullable = <T>(
  row: Row,
  column: string,
  read: (row: Row, column: string) => T,
): T | undefined => (row[column] === null ? undefined : read(row, column));
