import { describe, expect, test } from 'vitest';
import { ALWAYS } from '../../../src/agency/core/copies/ports.ts';
import { RowsInOrder } from '../../../src/agency/core/copies/reconcile/in-order.ts';
import type { Difference, OriginalRow } from '../../../src/agency/core/copies/reconcile/ports.ts';
import {
  MOST_LISTED,
  reconcileCopies,
} from '../../../src/agency/core/copies/reconcile/reconcile-copies.ts';
import { openScratch } from '../../../src/agency/store/scratch.ts';
import { openAgencyStore } from '../../../src/agency/store/sqlite-store.ts';
import { compileLayouts } from '../../../src/protocol/layouts/compile.ts';
import { informationCode } from '../../../src/protocol/permission/codes.ts';
import { idOf } from '../../support/ids.ts';
import { fc } from '../../support/property.ts';
import { keeper } from './keeper.ts';
import { staffMember } from './staff-member.ts';

const NAME = '照合の試験の情報';
const INFORMATION = informationCode(NAME);
const item = (name: string) =>
  ({ name, type: 'text', required: false, max: 9, characters: 'any', formulas: false }) as const;
const ITEMS = ['回', '甲', '乙', '丙'];
const layout = (key: readonly string[]) =>
  compileLayouts([{ information: [NAME], version: 'X-1', items: ITEMS.map(item), key }]);
const formWith = (key: readonly string[]) => {
  const form = layout(key).find(INFORMATION, 'X-1');
  if (!form) throw new RangeError('no form');
  return form;
};

const value = fc.constantFrom(null, 'あ', 'い');
const record = fc.record({ 回: fc.constantFrom('1', '2', '3'), 甲: value, 乙: value, 丙: value });
type Row = { 回: string; 甲: string | null; 乙: string | null; 丙: string | null };
const PEOPLE = Array.from({ length: 6 }, (_, at) => String(at * 7).padStart(15, '0'));
/** Rows of some people; of one person no two with the same 回. */
const rowsByKey = fc
  .array(fc.record({ person: fc.constantFrom(...PEOPLE), record }), { maxLength: 25 })
  .map((drawn) => [...new Map(drawn.map((it) => [`${it.person} ${it.record.回}`, it])).values()]);
type Drawn = { readonly person: string; readonly record: Row };

const textOf = (row: Row) =>
  JSON.stringify(Object.fromEntries(ITEMS.map((name) => [name, row[name as keyof Row]])));
const originalsOf = (rows: readonly Drawn[]): OriginalRow[] =>
  rows.map(({ person, record: it }, at) => ({ line: at + 2, person, record: textOf(it) }));

/** Runs a reconciliation over a store that holds these copies. */
async function reconciled(
  held: readonly Drawn[],
  originals: readonly (OriginalRow | Difference)[],
  key: readonly string[],
) {
  const store = openAgencyStore({ path: ':memory:' });
  await store.transact((tx) => {
    for (const [person, rows] of Map.groupBy(held, (it) => it.person)) {
      // Items in another order than the layout’s, as whoever enters by hand may have them.
      const records = JSON.stringify(
        rows.map((row, at) =>
          Object.fromEntries(
            at % 2 === 0 ? Object.entries(row.record) : Object.entries(row.record).reverse(),
          ),
        ),
      );
      const flags = { autoResponseDisabled: false, nonDisclosable: false };
      tx.putCopy({
        integratedAddressNumber: person,
        information: INFORMATION,
        layoutVersion: 'X-1',
        records,
        ...flags,
      });
    }
  });
  const node = { ...keeper(store), layouts: layout(key) };
  async function* pages() {
    for (let at = 0; at < originals.length; at += 3) yield originals.slice(at, at + 3);
  }
  const id = idOf('reconciliation');
  const summary = await reconcileCopies(node, staffMember('tanto'), id, formWith(key), pages());
  const listed = store.read.differences(id, -1, 1_000_000).map(({ difference }) => difference);
  const kept = store.read.lastReconciliation(INFORMATION);
  await store.commits.close();
  expect(kept).toEqual(summary);
  return { summary, listed };
}

/** What a clerk with two lists and a pencil finds. */
function naive(held: readonly Drawn[], originals: readonly Drawn[]) {
  const same = (one: Drawn, other: Drawn) =>
    one.person === other.person && one.record.回 === other.record.回;
  const found: string[] = [];
  let alike = 0;
  for (const [at, original] of originals.entries()) {
    const copy = held.find((each) => same(each, original));
    const differ = ITEMS.filter(
      (name) => copy?.record[name as keyof Row] !== original.record[name as keyof Row],
    );
    if (!copy) found.push(`missing ${original.person} ${at + 2} `);
    else if (differ.length === 0) alike += 1;
    else found.push(`different ${original.person} ${at + 2} ${differ}`);
  }
  for (const copy of held) {
    if (!originals.some((each) => same(each, copy))) found.push(`surplus ${copy.person} ? `);
  }
  return { found: found.sort(), alike };
}
const toldOf = ({ kind, person, line, items }: Difference) =>
  `${kind} ${person} ${line ?? '?'} ${items}`;

describe('reconciling originals with copies', () => {
  test('property: with a key, what two lists and a pencil find, whatever the order of the file', async () => {
    await fc.assert(
      fc.asyncProperty(rowsByKey, rowsByKey, async (held, originals) => {
        const { summary, listed } = await reconciled(held, originalsOf(originals), ['回']);
        const expected = naive(held, originals);
        expect(listed.map(toldOf).sort()).toEqual(expected.found);
        const count = (kind: string) =>
          expected.found.filter((each) => each.startsWith(kind)).length;
        expect(summary).toMatchObject({
          originals: originals.length,
          copies: held.length,
          persons: new Set([...held, ...originals].map(({ person }) => person)).size,
          alike: expected.alike,
          missing: count('missing'),
          surplus: count('surplus'),
          different: count('different'),
          unreadable: 0,
          listed: expected.found.length,
        });
        const items = listed
          .filter(({ kind }) => kind === 'different')
          .flatMap((each) => each.items);
        for (const name of ITEMS) {
          expect(summary.items[name] ?? 0).toBe(items.filter((each) => each === name).length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('property: without a key every row is alike, different, missing or surplus, and alike as often as can be', async () => {
    const anyRows = fc.array(
      fc.record({ person: fc.constantFrom(...PEOPLE.slice(0, 2)), record }),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(anyRows, anyRows, async (held, originals) => {
        const { summary } = await reconciled(held, originalsOf(originals), []);
        const { alike, missing, surplus, different } = summary;
        expect(alike + different + missing).toBe(originals.length);
        expect(alike + different + surplus).toBe(held.length);
        const left = held.map((it) => `${it.person} ${textOf(it.record)}`);
        const most = originals.filter((it) => {
          const at = left.indexOf(`${it.person} ${textOf(it.record)}`);
          if (at >= 0) left.splice(at, 1);
          return at >= 0;
        });
        expect(alike).toBe(most.length);
      }),
      { numRuns: 40 },
    );
  });

  test('rows that cannot be read are counted and listed, and the rest is compared', async () => {
    const held: Drawn[] = [
      { person: PEOPLE[0] ?? '', record: { 回: '1', 甲: 'あ', 乙: null, 丙: null } },
    ];
    const unreadable: Difference = {
      kind: 'unreadable',
      person: PEOPLE[1],
      line: 3,
      items: ['甲'],
      problem: 'too_long',
    };
    const { summary, listed } = await reconciled(held, [...originalsOf(held), unreadable], ['回']);
    expect(summary).toMatchObject({
      originals: 2,
      alike: 1,
      unreadable: 1,
      missing: 0,
      surplus: 0,
    });
    expect(JSON.parse(JSON.stringify(listed))).toEqual([unreadable]);
  });
});

describe('the version of a copy, as the file tells it', () => {
  const one = { 回: '1', 甲: 'あ', 乙: null, 丙: null };
  const person = PEOPLE[0] ?? '';
  const base = { integratedAddressNumber: person, information: INFORMATION, layoutVersion: 'X-1' };
  const flags = { autoResponseDisabled: false, nonDisclosable: false };
  async function against(copies: readonly object[], rows: readonly Partial<OriginalRow>[]) {
    const store = openAgencyStore({ path: ':memory:' });
    await store.transact((tx) => {
      for (const copy of copies)
        tx.putCopy({ ...base, ...flags, records: `[${textOf(one)}]`, ...copy });
    });
    async function* pages() {
      yield rows.map((row, at) => ({ line: at + 2, person, record: textOf(one), ...row }));
    }
    const node = { ...keeper(store), layouts: layout(['回']) };
    const id = idOf('r');
    await reconcileCopies(node, staffMember('tanto'), id, formWith(['回']), pages());
    return store.read.differences(id, -1, 99).map(({ difference }) => toldOf(difference));
  }

  test('rows without a day belong to the version in force, the others to theirs', async () => {
    const copies = [{}, { published: '2026-04-01', records: '[]' }, { published: '2027-04-01' }];
    expect(await against(copies, [{ published: ALWAYS }])).toEqual([]);
    expect(await against(copies, [{}])).toEqual([`missing ${person} 2 `]);
    expect(await against(copies, [{ published: '2027-04-01' }, { published: ALWAYS }])).toEqual([]);
    expect(await against(copies, [{ published: '2025-01-01' }])).toEqual([`missing ${person} 2 `]);
    const ended = [{ ended: '2026-11-22' }];
    expect(await against(ended, [])).toEqual([]);
    expect(await against(ended, [{}])).toEqual([`missing ${person} 2 `]);
    expect(await against([{ ended: '2026-11-23' }], [])).toEqual([`surplus ${person} ? `]);
  });

  test('flags, end and layout version are compared where the file tells them', async () => {
    const held = [{ nonDisclosable: true, ended: '2027-01-01', layoutVersion: 'X-0' }];
    expect(await against(held, [{}])).toEqual([`different ${person} 2 版`]);
    const told = { autoResponseDisabled: true, nonDisclosable: false, ended: '' };
    expect(await against(held, [told])).toEqual([
      `different ${person} 2 版,自動応答不可フラグ,不開示,終了日`,
    ]);
    const right = { autoResponseDisabled: false, nonDisclosable: true, ended: '2027-01-01' };
    expect(await against(held, [right])).toEqual([`different ${person} 2 版`]);
  });
});

test('property: rows come in the order of persons and lines, however many runs they were sorted in', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...PEOPLE), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (people, run) => {
        const scratch = openScratch();
        const sorted = new RowsInOrder(scratch, run);
        const rows = people.map((person, at) => ({
          person,
          line: at + 2,
          published: at % 3 === 0 ? '2026-04-01' : undefined,
          ended: at % 4 === 0 ? '' : undefined,
          autoResponseDisabled: [true, false, undefined][at % 3],
          nonDisclosable: [true, false, undefined][at % 2],
          record: `{"回":"${at}"}`,
        }));
        for (const row of rows) sorted.add(row);
        const groups = [...sorted.persons()];
        scratch.close();
        const expected = rows.toSorted((one, other) =>
          one.person < other.person ? -1 : one.person > other.person ? 1 : one.line - other.line,
        );
        expect(groups.flat()).toEqual(expected);
        expect(groups.map((group) => new Set(group.map(({ person }) => person)).size)).toEqual(
          groups.map(() => 1),
        );
        expect(new Set(groups.map(([first]) => first?.person)).size).toBe(groups.length);
      },
    ),
    { numRuns: 60 },
  );
});

describe('what is kept of it', () => {
  const pagesOf = async function* (rows: readonly Difference[]) {
    yield rows;
  };
  const wrong = (count: number): Difference[] =>
    Array.from({ length: count }, (_, at) => ({
      kind: 'unreadable',
      line: at + 2,
      items: [],
      problem: 'x',
    }));

  test('the list of the last of each kind; the counts of all; one broken off leaves nothing; two at once are refused', async () => {
    const store = openAgencyStore({ path: ':memory:' });
    const node = { ...keeper(store), layouts: layout([]) };
    const run = (label: string, pages: AsyncIterable<readonly Difference[]>) =>
      reconcileCopies(node, staffMember('tanto'), idOf(label), formWith([]), pages);
    const listed = (label: string) => store.read.differences(idOf(label), -1, 99).length;
    await run('first', pagesOf(wrong(3)));
    expect(listed('first')).toBe(3);
    async function* broken() {
      yield wrong(5);
      expect(listed('broken')).toBe(5);
      await expect(run('at once', pagesOf([]))).rejects.toMatchObject({ code: 'state_conflict' });
      throw new Error('cut short');
    }
    await expect(run('broken', broken())).rejects.toThrow('cut short');
    expect([listed('broken'), listed('first')]).toEqual([0, 3]);
    await run('second', pagesOf(wrong(2)));
    expect([listed('first'), listed('second')]).toEqual([0, 2]);
    const all = store.read
      .reconciliations(INFORMATION, 9)
      .map(({ id, unreadable }) => [id, unreadable]);
    expect(all).toEqual([
      [idOf('second'), 2],
      [idOf('first'), 3],
    ]);
    expect(store.read.reconciliations(undefined, 1)).toHaveLength(1);
    expect(store.read.reconciliation(idOf('broken'))).toBeUndefined();
    expect(store.read.kindsHeld()).toEqual([INFORMATION]);
    expect(store.read.operations(0, 99).map(({ operation }) => operation.count)).toEqual([3, 2]);
  });

  test('what a kill left of a list is cleared away by the next one', async () => {
    const store = openAgencyStore({ path: ':memory:' });
    await store.transact((tx) => tx.addDifferences(idOf('killed'), 0, wrong(4)));
    const node = { ...keeper(store), layouts: layout([]) };
    await reconcileCopies(node, staffMember('tanto'), idOf('next'), formWith([]), pagesOf([]));
    expect(store.read.differences(idOf('killed'), -1, 99)).toEqual([]);
  });

  test('differences beyond what is listed are still counted', async () => {
    const store = openAgencyStore({ path: ':memory:' });
    const node = { ...keeper(store), layouts: layout([]) };
    const many = MOST_LISTED + 5;
    const summary = await reconcileCopies(
      node,
      staffMember('tanto'),
      idOf('many'),
      formWith([]),
      pagesOf(wrong(many)),
    );
    expect(summary).toMatchObject({ unreadable: many, listed: MOST_LISTED });
  });
});
