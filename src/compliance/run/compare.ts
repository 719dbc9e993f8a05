import { type ProvisionRecord, sharedFacts } from '../../protocol/record.ts';
import type { Expect, RecordExpect } from '../scenario/expect-schema.ts';
import { contains } from './contains.ts';
import type { Observed } from './observe.ts';

/** A difference between what a step must lead to and what it led to. */
export interface Difference {
  /** From `expect` down. */
  readonly path: readonly string[];
  readonly expected: unknown;
  readonly actual: unknown;
}

const PLAIN = ['decision', 'code', 'status', 'reason', 'item', 'list', 'waiting'] as const;

/** All differences. An error that nobody expected by its code is one, whatever else was expected. */
export function compare(expect: Expect, observed: Observed): Difference[] {
  const found: Difference[] = [];
  const differ = (path: readonly string[], expected: unknown, actual: unknown) =>
    found.push({ path, expected, actual });
  for (const key of PLAIN) {
    const expected = expect[key];
    if (expected !== undefined && expected !== observed[key])
      differ([key], expected, observed[key]);
  }
  if (expect.code === undefined && observed.code !== undefined)
    differ(['code'], undefined, observed.code);
  const { reasons, ground, nearest, answer } = expect;
  if (reasons && !sameSet(reasons, observed.reasons))
    differ(['reasons'], reasons, observed.reasons);
  if (nearest && !nearest.every((item) => observed.nearest?.includes(item))) {
    differ(['nearest'], nearest, observed.nearest);
  }
  if (ground !== undefined && !observed.ground?.includes(ground)) {
    differ(['ground'], ground, observed.ground);
  }
  if (answer !== undefined) found.push(...answerDifferences(answer, observed.answer));
  for (const [at, wanted] of (expect.contains ?? []).entries()) {
    // What the answer holds instead is not told: it may hold what must not be in a report.
    if (!contains(observed.body, wanted)) differ(['contains', String(at)], wanted, 'not there');
  }
  const said = expect.lacks ? (JSON.stringify(observed.body) ?? '') : '';
  for (const [at, word] of (expect.lacks ?? []).entries()) {
    if (said.includes(word)) differ(['lacks', String(at)], word, 'there');
  }
  if (expect.records) found.push(...recordDifferences(expect.records, observed.records));
  if (expect.messages) found.push(...messageDifferences(expect.messages, observed));
  return found;
}

const sameSet = (one: readonly string[], other: readonly string[] | undefined): boolean =>
  one.length === other?.length && one.every((each) => other.includes(each));

function answerDifferences(
  expected: NonNullable<Expect['answer']>,
  actual: Observed['answer'],
): Difference[] {
  if (expected === 'none') {
    return actual
      ? [{ path: ['answer'], expected, actual: `${actual.records.length} records` }]
      : [];
  }
  if (!actual) return [{ path: ['answer'], expected, actual: 'none' }];
  const { layoutVersion, count, fields = [] } = expected;
  const found: Difference[] = [];
  if (layoutVersion !== undefined && layoutVersion !== actual.layoutVersion) {
    found.push({
      path: ['answer', 'layoutVersion'],
      expected: layoutVersion,
      actual: actual.layoutVersion,
    });
  }
  if (count !== undefined && count !== actual.records.length) {
    found.push({ path: ['answer', 'count'], expected: count, actual: actual.records.length });
  }
  for (const [at, record] of fields.entries()) {
    const given = actual.records[at];
    const shown = Object.fromEntries(Object.keys(record).map((key) => [key, given?.[key]]));
    if (JSON.stringify(record) !== JSON.stringify(shown)) {
      found.push({ path: ['answer', 'fields', String(at)], expected: record, actual: shown });
    }
  }
  return found;
}

function recordDifferences(
  expected: NonNullable<Expect['records']>,
  actual: Observed['records'],
): Difference[] {
  const found: Difference[] = [];
  for (const party of ['gateway', 'inquirer', 'provider'] as const) {
    const wanted = expected[party];
    const written = actual[party];
    if (!wanted) continue;
    const same =
      wanted.length === written.length && wanted.every((one, at) => fits(one, written[at]));
    if (!same) {
      const shown = written.map((record, at) => shownAs(record, wanted[at]));
      found.push({ path: ['records', party], expected: wanted, actual: shown });
    }
  }
  return [...found, ...disagreements(actual)];
}

const partsOf = (wanted: RecordExpect): Readonly<Record<string, unknown>> =>
  typeof wanted === 'string' ? { kind: wanted } : wanted;

const fits = (wanted: RecordExpect, record: ProvisionRecord | undefined): boolean =>
  record !== undefined &&
  Object.entries(partsOf(wanted)).every(
    ([key, value]) => Object.entries(record).find(([name]) => name === key)?.[1] === value,
  );

/** No more of a record than its kind and what was asked of it. */
function shownAs(record: ProvisionRecord, wanted: RecordExpect | undefined): unknown {
  if (wanted === undefined || typeof wanted === 'string') return record.kind;
  const keys = new Set(['kind', ...Object.keys(wanted)]);
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.has(key)));
}

/** What several parties record of one exchange must be the same, to the byte (番号法23条). */
const TOGETHER = ['permitted', 'denied', 'answered'] as const;

function disagreements(actual: Observed['records']): Difference[] {
  return TOGETHER.flatMap((kind) => {
    const facts = Object.entries(actual).flatMap(([party, records]) => {
      const own = records.filter((record) => record.kind === kind && record.exchange !== undefined);
      return own.length === 0 ? [] : [{ party, text: JSON.stringify(own.map(sharedFacts)) }];
    });
    const [first] = facts;
    return facts
      .filter(({ text }) => text !== first?.text)
      .map(({ party, text }) => ({
        path: ['records', party],
        expected: `${kind}: ${first?.party} ${first?.text}`,
        actual: `${kind}: ${party} ${text}`,
      }));
  });
}

function messageDifferences(expected: readonly string[], { messages }: Observed): Difference[] {
  const same =
    expected.length === messages.length &&
    expected.every((wanted, at) => {
      const seen = messages[at];
      const [message, way] = wanted.split(' ');
      if (!seen || seen.message !== message) return false;
      return way === undefined || way === `${seen.from}→${seen.to}`;
    });
  if (same) return [];
  const actual = messages.map(({ message, from, to }) => `${message} ${from}→${to}`);
  return [{ path: ['messages'], expected, actual }];
}
