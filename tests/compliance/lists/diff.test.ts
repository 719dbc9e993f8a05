import { describe, expect, test } from 'vitest';
import { diffLists, type ListDiff } from '../../../src/compliance/lists/diff.ts';
import { filterDiff, NothingMeant } from '../../../src/compliance/lists/diff-filter.ts';
import { summaryOf } from '../../../src/compliance/lists/diff-summary.ts';
import { expandedBy } from '../../../src/compliance/lists/tuples.ts';
import { affairCode } from '../../../src/protocol/permission/codes.ts';
import type { PermissionList } from '../../../src/protocol/permission/schema.ts';
import {
  BEPPYO_DAY,
  beppyo,
  ORDER_DAY,
  order,
  roleTable,
} from '../../protocol/permission/lists.ts';
import { fc } from '../../support/property.ts';
import { allowedByDecide, NO_ROLES } from './allowed.ts';

const before = { list: beppyo, date: BEPPYO_DAY };
const after = { list: order, date: ORDER_DAY };
const diff = diffLists(before, after);
const keys = (all: ListDiff['permitted']) =>
  new Set(
    all.map(({ inquirer, affair, provider, information }) =>
      [inquirer, affair.code, provider, information.code].join('\n'),
    ),
  );

/** What a diff has to say, from every decision on both lists. */
function expectExact(found: ListDiff, a: ReadonlySet<string>, b: ReadonlySet<string>): void {
  expect(keys(found.permitted)).toEqual(b.difference(a));
  expect(keys(found.denied)).toEqual(a.difference(b));
  expect(keys(found.unchanged)).toEqual(a.intersection(b));
  const size = found.permitted.length + found.denied.length + found.unchanged.length;
  expect(size).toBe(a.union(b).size);
  expect([found.a.tuples, found.b.tuples]).toEqual([a.size, b.size]);
}

describe('beppyo-2 and order-r6-9 differ exactly as decisions do', () => {
  test('by the law’s own words', () => {
    expectExact(diff, allowedByDecide(before, NO_ROLES), allowedByDecide(after, NO_ROLES));
  });

  test('with collective roles expanded', () => {
    const expanded = diffLists(before, after, expandedBy(roleTable));
    expect([diff.expanded, expanded.expanded]).toEqual([false, true]);
    expectExact(expanded, allowedByDecide(before, roleTable), allowedByDecide(after, roleTable));
  });

  test('and so do any two parts of them', () => {
    const part = (list: PermissionList) =>
      fc
        .subarray([...list.items], { minLength: 1, maxLength: 4 })
        .map((items) => ({ ...list, items }));
    fc.assert(
      fc.property(part(beppyo), part(order), fc.boolean(), (a, b, expand) => {
        const [x, y] = [
          { ...before, list: a },
          { ...after, list: b },
        ];
        const table = expand ? roleTable : NO_ROLES;
        const found = diffLists(x, y, expand ? expandedBy(roleTable) : undefined);
        expectExact(found, allowedByDecide(x, table), allowedByDecide(y, table));
      }),
      { numRuns: 15 },
    );
  });

  test('in as many tuples as are counted by hand', () => {
    const { total } = summaryOf(diff);
    expect({ a: diff.a.tuples, b: diff.b.tuples, ...total }).toMatchObject({
      a: 594,
      b: 873,
      permitted: 566,
      denied: 287,
      unchanged: 307,
    });
  });
});

describe('items', () => {
  const to = new Map(diff.moves.map((move) => [move.from, move]));

  test('that kept their affair are found under their new numbers', () => {
    expect(to.get('16の2')).toMatchObject({ to: '25', by: 'affair', also: [] });
    expect(to.get('16の3')).toMatchObject({ to: '26', by: 'affair', also: ['25'] });
    expect(to.get('115の2')).toMatchObject({ to: '153', by: 'affair' });
    expect(to.get('2')).toMatchObject({ to: '2', by: 'affair' });
    expect(to.get('3')).toMatchObject({ to: '3' });
  });

  test.each([
    ['8', '11'],
    ['27', '48'],
    ['56の2', '80'],
    ['71', '98'],
    ['87', '125'],
    ['116', '155'],
  ])('whose affair was reworded are found by likeness: %s → %s', (from, number) => {
    expect(to.get(from)).toMatchObject({ to: number, by: 'wording' });
  });

  test('are matched once, ended or new', () => {
    expect(new Set(diff.moves.map((move) => move.to)).size).toBe(diff.moves.length);
    expect(diff.moves.length + diff.ended.length).toBe(beppyo.items.length);
    expect(diff.moves.length + diff.added.length).toBe(order.items.length);
    for (const item of ['30', '51', '104']) expect(diff.ended).toContain(item);
    for (const item of ['22', '160', '173']) expect(diff.added).toContain(item);
  });

  test('tell what only changed its affair’s name from what really changed', () => {
    const same = diff.denied.find(
      ({ itemsA, information }) =>
        itemsA.includes('116') && information.name === '生活保護関係情報',
    );
    expect(same?.reworded?.name).toContain('妊婦のための支援給付');
    const gone = diff.denied.filter(({ itemsA }) => itemsA.includes('30'));
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.every(({ reworded }) => reworded === undefined)).toBe(true);
  });

  test('with dates of their own count on those days only', () => {
    const items = beppyo.items.map((one) =>
      one.item === '115の2' ? { ...one, inForce: { from: '2020-12-09' } } : one,
    );
    const dated = (date: string) => diffLists({ list: { ...beppyo, items }, date }, after);
    expect(dated('2020-12-08').a).toMatchObject({ items: 121, tuples: 593 });
    expect(dated('2020-12-08').added).toContain('153');
    expect(dated('2020-12-09').a).toMatchObject({ items: 122, tuples: 594 });
  });
});

test('a list doesn’t differ from itself, whatever its items are called', () => {
  const items = order.items.map((one, at) => ({ ...one, item: `${1000 + at}` }));
  const same = diffLists(after, { ...after, list: { ...order, items } });
  expect([same.permitted, same.denied, same.ended, same.added]).toEqual([[], [], [], []]);
  expect(same.unchanged).toHaveLength(873);
});

test('counts go by role and by information', () => {
  const { byInquirer, byProvider, byInformation } = summaryOf(diff);
  for (const counts of [byInquirer, byProvider, byInformation]) {
    const sum = (field: 'permitted' | 'denied' | 'unchanged') =>
      counts.reduce((all, one) => all + one[field], 0);
    expect([sum('permitted'), sum('denied'), sum('unchanged')]).toEqual([566, 287, 307]);
  }
  expect(
    byInformation.find(({ name }) => name === '公的給付支給等口座登録簿関係情報'),
  ).toMatchObject({ denied: 0, unchanged: 0 });
  expect(byInquirer.find(({ name }) => name === '社会福祉協議会')).toMatchObject({
    permitted: 0,
    denied: 19,
  });
});

describe('filters', () => {
  test('keep what they name', () => {
    const role = filterDiff(diff, { role: '社会福祉協議会' });
    expect(role.permitted).toEqual([]);
    expect(
      role.denied.every((one) => [one.inquirer, one.provider].includes('社会福祉協議会')),
    ).toBe(true);
    const kind = filterDiff(diff, { information: '身体障害者手帳に' });
    expect(kind.permitted).toMatchObject([{ inquirer: '市町村長', itemsB: ['25'] }]);
    const code = kind.permitted[0]?.information.code ?? '';
    expect(filterDiff(diff, { information: code }).permitted).toEqual(kind.permitted);
  });

  test('of an item keep what it was matched with', () => {
    const { permitted, unchanged, moves } = filterDiff(diff, { item: '16の2' });
    expect(unchanged).toMatchObject([{ itemsA: ['16の2', '16の3'], itemsB: ['25'] }]);
    expect(permitted.every(({ itemsB }) => itemsB.includes('25'))).toBe(true);
    expect(permitted).toHaveLength(5);
    expect(moves.map(({ from }) => from)).toEqual(['16の2', '16の3']);
  });

  test('must all hold', () => {
    const both = filterDiff(diff, { item: '16の2', role: '厚生労働大臣' });
    expect(both.permitted).toHaveLength(1);
    expect(both.unchanged).toEqual([]);
  });

  test.each([{ role: 'x' }, { information: 'x' }, { item: '9999' }])(
    'that mean nothing are said so: %o',
    (filter) => {
      expect(() => filterDiff(diff, filter)).toThrow(NothingMeant);
    },
  );
});

test('renaming every affair denies and permits everything, all of it as reworded', () => {
  const items = order.items.slice(0, 20).map((one) => {
    const name = one.affair.name.replace(/事務$/, '仕事');
    return { ...one, affair: { name, code: affairCode(name) } };
  });
  const few = { ...after, list: { ...order, items: order.items.slice(0, 20) } };
  const renamed = diffLists(few, { ...after, list: { ...order, items } });
  expect(renamed.unchanged).toEqual([]);
  for (const all of [renamed.permitted, renamed.denied]) {
    expect(all).toHaveLength(few.list.items.length === 20 ? renamed.a.tuples : 0);
    expect(all.every(({ reworded }) => reworded !== undefined)).toBe(true);
  }
});
