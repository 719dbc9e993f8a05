import type { PermissionItem } from '../../protocol/permission/schema.ts';
import { alike, jaccard, pairsOf } from './likeness.ts';
import { tuplesOfItem } from './tuples.ts';

/** An item of one list that stands in another one as well, under the same number or a new one. */
export interface Move {
  readonly from: string;
  readonly to: string;
  /** Found by the very same affair, or by likeness because its wording changed. */
  readonly by: 'affair' | 'wording';
  /** How alike they are, 0 to 1: affairs, inquirers and what they may be told. */
  readonly likeness: number;
  /** Other items of the second list that allow some of the same, for the same affair. */
  readonly also: readonly string[];
}

/** Which items went where, which ended, which are new. Each item is matched at most once. */
export interface Matched {
  readonly moves: readonly Move[];
  readonly ended: readonly string[];
  readonly added: readonly string[];
}

/**
 * Below this two affairs that are worded differently are taken for two affairs; a law that was renamed
 * (雇用対策法) leaves less of the wording, so then what may be asked has to agree as well.
 */
const ALIKE_ENOUGH = 0.6;
const ALIKE_WITH_CONTENT = 0.5;
const CONTENT_ENOUGH = 0.3;

/**
 * Matches the items of two lists: first those of the same affair, then those whose affairs are worded
 * alike and that share an inquirer; the most alike first.
 */
export function matchItems(a: readonly PermissionItem[], b: readonly PermissionItem[]): Matched {
  const left = a.map(traitsOf);
  const right = b.map(traitsOf);
  const pairs = left.flatMap((one) =>
    right.flatMap((other) => {
      const move = compare(one, other);
      return move === undefined ? [] : [move];
    }),
  );
  pairs.sort((x, y) => {
    if (x.by !== y.by) return x.by === 'affair' ? -1 : 1;
    return y.likeness - x.likeness;
  });
  const from = new Map<string, Omit<Move, 'also'>>();
  const to = new Set<string>();
  for (const move of pairs) {
    if (from.has(move.from) || to.has(move.to)) continue;
    from.set(move.from, move);
    to.add(move.to);
  }
  return {
    moves: left.flatMap((one) => {
      const move = from.get(one.item);
      return move === undefined ? [] : [{ ...move, also: carriersOf(one, right, move.to) }];
    }),
    ended: a.map(({ item }) => item).filter((item) => !from.has(item)),
    added: b.map(({ item }) => item).filter((item) => !to.has(item)),
  };
}

interface Traits {
  readonly item: string;
  readonly affair: string;
  readonly wording: ReadonlySet<string>;
  readonly inquirers: ReadonlySet<string>;
  /** Who may ask whom for what, whatever the affair is called. */
  readonly content: ReadonlySet<string>;
}

const traitsOf = (item: PermissionItem): Traits => ({
  item: item.item,
  affair: item.affair.code,
  // Every affair ends like this; it says nothing about which one it is.
  wording: pairsOf(item.affair.name.replace(/の?(?:支給|実施)?に関する事務$/, '')),
  inquirers: new Set(item.inquirers),
  content: new Set(
    [...tuplesOfItem(item)].map(
      ({ inquirer, provider, information }) => `${inquirer}\n${provider}\n${information.code}`,
    ),
  ),
});

const carriersOf = (one: Traits, others: readonly Traits[], to: string): readonly string[] =>
  others
    .filter(({ item, affair }) => affair === one.affair && item !== to)
    .filter(({ content }) => !content.isDisjointFrom(one.content))
    .map(({ item }) => item);

function compare(a: Traits, b: Traits): Omit<Move, 'also'> | undefined {
  const same = a.affair === b.affair;
  const wording = same ? 1 : alike(a.wording, b.wording);
  const inquirers = jaccard(a.inquirers, b.inquirers);
  const content = jaccard(a.content, b.content);
  const alikeEnough =
    wording >= ALIKE_ENOUGH || (wording >= ALIKE_WITH_CONTENT && content >= CONTENT_ENOUGH);
  if (!same && (inquirers === 0 || !alikeEnough)) return undefined;
  const likeness = wording * 0.5 + inquirers * 0.25 + content * 0.25;
  return {
    from: a.item,
    to: b.item,
    by: same ? 'affair' : 'wording',
    likeness: Math.round(likeness * 100) / 100,
  };
}
