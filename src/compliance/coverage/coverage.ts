import { ERRORS } from '../../protocol/errors.ts';
import type { PermissionLists } from '../../service/permission-lists/read-folder.ts';
import type { TestResult } from '../run/results.ts';
import { requirements } from './requirements.ts';

/** How much of something was reached. */
export interface Share {
  readonly reached: number;
  readonly total: number;
  /** Rounded down, so that 100 means all of it. */
  readonly percent: number;
  readonly missing: readonly string[];
}

export interface ListCoverage {
  readonly list: string;
  readonly title: string;
  readonly itemsPermitted: Share;
  readonly itemsDenied: Share;
  readonly provisions: Share;
}

export const COVERAGE_KINDS = ['items', 'provisions', 'codes', 'requirements'] as const;
export type CoverageKind = (typeof COVERAGE_KINDS)[number];

/** What the passed tests reach. An item counts when it was both permitted and denied. */
export type Coverage = Readonly<Record<CoverageKind, Share>> & {
  readonly lists: readonly ListCoverage[];
};

/** @param law the lists that the tests are meant to reach */
export function coverageOf(law: PermissionLists, tests: readonly TestResult[]): Coverage {
  const passed = tests.filter(({ verdict }) => verdict === 'passed');
  const reached = new Set(
    passed.flatMap((test) =>
      test.reached.map(({ list, item, provision }) => `${list} ${item} ${provision ?? 'denied'}`),
    ),
  );
  const lists = law.lists.map((list): ListCoverage => {
    const permitted = (item: string, provisions: readonly unknown[]) =>
      provisions.some((_, place) => reached.has(`${list.id} ${item} ${place}`));
    const items = list.items.map(({ item }) => item);
    const provisions = list.items.flatMap(({ item, provisions: own }) =>
      own.map((_, place) => `${item} ${place}`),
    );
    const open = new Set(
      list.items.filter((each) => permitted(each.item, each.provisions)).map(({ item }) => item),
    );
    return {
      list: list.id,
      title: list.title,
      itemsPermitted: shareOf(items, (item) => open.has(item)),
      itemsDenied: shareOf(items, (item) => reached.has(`${list.id} ${item} denied`)),
      provisions: shareOf(
        provisions,
        (provision) => reached.has(`${list.id} ${provision}`),
        (provision) => provision.replace(/\d+$/, (place) => `#${Number(place) + 1}`),
      ),
    };
  });
  const codes = new Set(passed.flatMap((test) => test.codes));
  const required = new Set(passed.flatMap(({ ref }) => ref.requirement ?? []));
  return {
    items: sum(lists.map(bothWays)),
    provisions: sum(lists.map((each) => prefixed(each.list, each.provisions))),
    codes: shareOf(Object.keys(ERRORS), (code) => codes.has(code)),
    requirements: shareOf(Object.keys(requirements), (number) => required.has(number)),
    lists,
  };
}

function bothWays({ list, itemsPermitted, itemsDenied }: ListCoverage): Share {
  const missing = [...new Set([...itemsPermitted.missing, ...itemsDenied.missing])];
  const { total } = itemsPermitted;
  return prefixed(list, { ...share(total - missing.length, total), missing });
}

const prefixed = (list: string, it: Share): Share => ({
  ...it,
  missing: it.missing.map((each) => `${list} ${each}`),
});

function shareOf(
  all: readonly string[],
  isReached: (each: string) => boolean,
  shown: (each: string) => string = (each) => each,
): Share {
  const missing = all.filter((each) => !isReached(each)).map(shown);
  return { ...share(all.length - missing.length, all.length), missing };
}

const sum = (shares: readonly Share[]): Share => ({
  ...share(
    shares.reduce((total, { reached }) => total + reached, 0),
    shares.reduce((total, each) => total + each.total, 0),
  ),
  missing: shares.flatMap(({ missing }) => missing),
});

const share = (reached: number, total: number) => ({
  reached,
  total,
  percent: total === 0 ? 100 : Math.floor((1000 * reached) / total) / 10,
});
