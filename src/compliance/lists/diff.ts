import type { Period } from '../../protocol/permission/in-force.ts';
import type { Named, PermissionList } from '../../protocol/permission/schema.ts';
import { type Matched, matchItems } from './match-items.ts';
import { asWritten, type HoldersOf, itemsOn, keyOf, type Tuple, tuplesOf } from './tuples.ts';

/** Something that is allowed by one list or both, with the items that allow it. */
export interface Difference {
  readonly inquirer: string;
  readonly affair: Named;
  readonly provider: string;
  readonly information: Named;
  readonly itemsA: readonly string[];
  readonly itemsB: readonly string[];
  /** The other list allows the same under this wording of the affair, in an item that was matched. */
  readonly reworded?: Named;
}

/** One of the two lists, as it stood on a day. */
export interface Side {
  readonly id: string;
  readonly title: string;
  readonly lawNumber: string;
  readonly inForce: Period;
  readonly date: string;
  readonly items: number;
  readonly tuples: number;
}

/** What differs between two lists. The three arrays together hold every tuple of both, once. */
export interface ListDiff extends Matched {
  readonly a: Side;
  readonly b: Side;
  /** Whether collective roles stand for all the roles that they take in. */
  readonly expanded: boolean;
  /** Allowed by B and not by A, and the other way round. */
  readonly permitted: readonly Difference[];
  readonly denied: readonly Difference[];
  readonly unchanged: readonly Difference[];
}

/** A list and the day on which it is looked at. */
export interface ListOn {
  readonly list: PermissionList;
  readonly date: string;
}

/**
 * Compares two lists tuple by tuple (inquirer, affair, provider, information): exactly what `decide`
 * allows by one and not by the other. Without `holdersOf` roles are the law's own words.
 */
export function diffLists(a: ListOn, b: ListOn, holdersOf: HoldersOf = asWritten): ListDiff {
  const left = tuplesOf(a.list, a.date, holdersOf);
  const right = tuplesOf(b.list, b.date, holdersOf);
  const itemsA = itemsOn(a.list, a.date);
  const itemsB = itemsOn(b.list, b.date);
  const matched = matchItems(itemsA, itemsB);

  const affairsA = new Map(itemsA.map(({ item, affair }) => [item, affair]));
  const affairsB = new Map(itemsB.map(({ item, affair }) => [item, affair]));
  const rewordings = matched.moves.flatMap(({ from, to, by }) => {
    const [before, after] = [affairsA.get(from), affairsB.get(to)];
    return by === 'wording' && before && after ? [{ before, after }] : [];
  });
  const otherWording = (
    tuple: Tuple,
    others: readonly Named[],
    there: ReadonlyMap<string, Tuple>,
  ) =>
    others.find(({ code }) =>
      there.has(keyOf(tuple.inquirer, code, tuple.provider, tuple.information.code)),
    );

  const permitted: Difference[] = [];
  const denied: Difference[] = [];
  const unchanged: Difference[] = [];
  for (const [key, tuple] of left) {
    const same = right.get(key);
    if (same !== undefined) {
      unchanged.push(differenceOf(tuple, tuple.items, same.items));
      continue;
    }
    const after = rewordings.filter(({ before }) => before.code === tuple.affair.code);
    const reworded = otherWording(
      tuple,
      after.map((one) => one.after),
      right,
    );
    denied.push(differenceOf(tuple, tuple.items, [], reworded));
  }
  for (const [key, tuple] of right) {
    if (left.has(key)) continue;
    const before = rewordings.filter(({ after }) => after.code === tuple.affair.code);
    const reworded = otherWording(
      tuple,
      before.map((one) => one.before),
      left,
    );
    permitted.push(differenceOf(tuple, [], tuple.items, reworded));
  }
  return {
    a: sideOf(a, itemsA.length, left.size),
    b: sideOf(b, itemsB.length, right.size),
    expanded: holdersOf !== asWritten,
    permitted,
    denied,
    unchanged,
    ...matched,
  };
}

const differenceOf = (
  { inquirer, affair, provider, information }: Tuple,
  itemsA: readonly string[],
  itemsB: readonly string[],
  reworded?: Named,
): Difference => ({
  inquirer,
  affair,
  provider,
  information,
  itemsA,
  itemsB,
  ...(reworded !== undefined && { reworded }),
});

const sideOf = ({ list, date }: ListOn, items: number, tuples: number): Side => ({
  id: list.id,
  title: list.title,
  lawNumber: list.lawNumber,
  inForce: list.inForce,
  date,
  items,
  tuples,
});
