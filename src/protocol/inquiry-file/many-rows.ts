import { type FixedRow, fixedLine } from './fixed-row.ts';

const DAY_MS = 86_400_000;
/** Before anything that could be on record. */
const FIRST_DAY = Date.parse('1900-01-01T00:00:00Z');

/**
 * As many lines of an inquiry file as wanted, about these persons in turn. From the second turn on they ask for what
 * has been since another day long ago, for a file must not ask the same twice.
 */
export function* manyLines(
  row: Omit<FixedRow, 'integratedAddressNumber' | 'period'>,
  persons: readonly string[],
  rows: number,
): Generator<string, void, undefined> {
  for (let at = 0; at < rows && persons.length > 0; at += 1) {
    const turn = Math.floor(at / persons.length);
    const from = new Date(FIRST_DAY + turn * DAY_MS).toISOString().slice(0, 10);
    yield fixedLine({
      ...row,
      integratedAddressNumber: persons[at % persons.length] ?? '',
      ...(turn > 0 && { period: { from } }),
    });
  }
}
