import type { CopyRecord } from '../../../protocol/plaintext.ts';

/** How the rows of one person differ, by their places in both lists. Rows that are alike are not told. */
export type RowDifference =
  | { readonly kind: 'missing'; readonly left: number }
  | { readonly kind: 'surplus'; readonly right: number }
  | {
      readonly kind: 'different';
      readonly left: number;
      readonly right: number;
      readonly items: readonly string[];
    };

/** How many rows of one person are looked through for a partner; a person has a few dozen. */
const WINDOW = 64;

/**
 * Compares two lists of rows in which order means nothing. Alike rows are taken out; of the rest those are the
 * same row, changed, that agree in their key items, or, for a layout without a key, that agree in at least half
 * of the items that either fills in, the most alike first. What finds no partner is missing (only left) or
 * surplus (only right).
 * @param key names of the items that tell the rows of one person apart
 */
export function compareRows(
  left: readonly CopyRecord[],
  right: readonly CopyRecord[],
  key: readonly string[] = [],
): RowDifference[] {
  const [lefts, rights] = withoutAlike(left, right);
  const pairs = key.length > 0 ? byKey(lefts, rights, key) : byLikeness(lefts, rights);
  const paired = new Set(pairs.flat());
  const single = (row: Row) => !paired.has(row);
  return [
    ...pairs.map(([one, other]) => ({
      kind: 'different' as const,
      left: one.at,
      right: other.at,
      items: itemsThatDiffer(one.record, other.record),
    })),
    ...lefts.filter(single).map(({ at }) => ({ kind: 'missing' as const, left: at })),
    ...rights.filter(single).map(({ at }) => ({ kind: 'surplus' as const, right: at })),
  ];
}

/** In the order of the left row’s items; an item that is absent is as good as null. */
export const itemsThatDiffer = (left: CopyRecord, right: CopyRecord): string[] =>
  [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (item) => (left[item] ?? null) !== (right[item] ?? null),
  );

interface Row {
  readonly at: number;
  readonly record: CopyRecord;
}
type Pair = readonly [left: Row, right: Row];

/** One text for all rows with the same filled items and values, in whatever order. */
const contentOf = (record: CopyRecord): string =>
  JSON.stringify(
    Object.entries(record)
      .filter(([, value]) => value !== null)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

function withoutAlike(left: readonly CopyRecord[], right: readonly CopyRecord[]): [Row[], Row[]] {
  const rows = (records: readonly CopyRecord[]) => records.map((record, at) => ({ at, record }));
  const waiting = Map.groupBy(rows(right), ({ record }) => contentOf(record));
  const lefts = rows(left).filter(
    ({ record }) => waiting.get(contentOf(record))?.shift() === undefined,
  );
  const rights = [...waiting.values()].flat().sort((one, other) => one.at - other.at);
  return [lefts, rights];
}

function byKey(lefts: readonly Row[], rights: readonly Row[], key: readonly string[]): Pair[] {
  const keyOf = ({ record }: Row) => JSON.stringify(key.map((item) => record[item] ?? null));
  const waiting = Map.groupBy(rights, keyOf);
  return lefts.flatMap((row) => {
    const partner = waiting.get(keyOf(row))?.shift();
    return partner ? [[row, partner] as const] : [];
  });
}

function byLikeness(lefts: readonly Row[], rights: readonly Row[]): Pair[] {
  const pairs: Pair[] = [];
  for (let from = 0; from < Math.min(lefts.length, rights.length); from += WINDOW) {
    const [some, others] = [lefts, rights].map((rows) => rows.slice(from, from + WINDOW));
    pairs.push(...mostAlikeFirst(some ?? [], others ?? []));
  }
  return pairs.sort(([one], [other]) => one.at - other.at);
}

function mostAlikeFirst(lefts: readonly Row[], rights: readonly Row[]): Pair[] {
  const candidates = lefts
    .flatMap((left) => rights.map((right) => ({ left, right, ...likeness(left, right) })))
    .filter(({ same, filled }) => same > 0 && 2 * same >= filled)
    .sort(
      (one, other) =>
        other.same - one.same || one.left.at - other.left.at || one.right.at - other.right.at,
    );
  const taken = new Set<Row>();
  return candidates.flatMap(({ left, right }) => {
    if (taken.has(left) || taken.has(right)) return [];
    taken.add(left).add(right);
    return [[left, right] as const];
  });
}

function likeness(left: Row, right: Row): { same: number; filled: number } {
  let [same, filled] = [0, 0];
  for (const item of new Set([...Object.keys(left.record), ...Object.keys(right.record)])) {
    const [one, other] = [left.record[item] ?? null, right.record[item] ?? null];
    if (one === null && other === null) continue;
    filled += 1;
    if (one === other) same += 1;
  }
  return { same, filled };
}
