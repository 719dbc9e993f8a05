import { isDeepStrictEqual } from 'node:util';
import { readingOf, tell, unreadable } from './reading.ts';
import type { MatcherResult } from './result.ts';

/** Some members of a record, by the names of its layout; a value may be `expect.any(String)` and the like. */
export type PartialRecord = Readonly<Record<string, unknown>>;

/**
 * It was provided, and for each of these there is a record that says so.
 * @example expect(outcome).toHaveAnswer({ 接種区分: '1回目' });
 */
export function toHaveAnswer(
  received: unknown,
  expected: PartialRecord | readonly PartialRecord[],
): MatcherResult {
  const reading = readingOf(received);
  if (!reading) throw new TypeError(unreadable(received));
  const records = reading.answer?.records ?? [];
  const wanted: readonly PartialRecord[] = isMany(expected) ? expected : [expected];
  const missing = wanted.filter((each) => !records.some((record) => says(record, each)));
  const pass = reading.state === 'provided' && missing.length === 0;
  return {
    pass,
    message: () =>
      [
        `expected the inquiry ${pass ? 'not ' : ''}to be answered with`,
        ...(pass ? wanted : missing).map((each) => `  ${JSON.stringify(each)}`),
        reading.answer ? `but its ${records.length} records are` : 'but it has no answer',
        ...records.map((record) => `  ${JSON.stringify(filled(record))}`),
        tell(reading),
      ].join('\n'),
  };
}

const isMany = (
  expected: PartialRecord | readonly PartialRecord[],
): expected is readonly PartialRecord[] => Array.isArray(expected);

const says = (record: PartialRecord, expected: PartialRecord): boolean =>
  Object.entries(expected).every(([name, value]) => same(record[name], value));

function same(actual: unknown, expected: unknown): boolean {
  if (typeof expected === 'object' && expected !== null && 'asymmetricMatch' in expected) {
    const { asymmetricMatch } = expected;
    return typeof asymmetricMatch === 'function' && asymmetricMatch.call(expected, actual) === true;
  }
  return isDeepStrictEqual(actual, expected);
}

/** A layout has many items that are empty. */
const filled = (record: PartialRecord) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
