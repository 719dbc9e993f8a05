import { expect, test } from 'vitest';
import type { Difference, Reconciliation } from '../../src/agency/core/copies/reconcile/ports.ts';
import type { AgencyStore } from '../../src/agency/core/ports.ts';
import { idOf } from '../support/ids.ts';

const KIND = 'TM00000000000001';
const OTHER = 'TM00000000000002';
const HELD = 'TM00000000000000';

const reconciliation = (label: string, information = KIND): Reconciliation => ({
  ...{
    id: idOf(label),
    information,
    layoutVersion: 'X-1',
    by: 'tanto',
    startedAt: 1,
    finishedAt: 2,
  },
  ...{
    originals: 5,
    copies: 6,
    persons: 4,
    alike: 1,
    missing: 1,
    surplus: 2,
    different: 3,
    unreadable: 0,
  },
  ...{ items: { 備考: 3 }, listed: 6 },
});
const differences: readonly Difference[] = [
  {
    kind: 'different',
    person: '1',
    line: 2,
    row: 0,
    items: ['備考', 'Lot No'],
    problem: undefined,
  },
  { kind: 'surplus', person: '2', line: undefined, row: 3, items: [], problem: undefined },
  {
    kind: 'unreadable',
    person: undefined,
    line: 9,
    row: undefined,
    items: [],
    problem: 'row_short',
  },
];

/** What reconciling relies on, whatever keeps it. */
export function reconciliationsContract(open: () => AgencyStore): void {
  test('counts come back as they were added, the newest first, all or of one kind', async () => {
    const { transact, read } = open();
    await transact((tx) => {
      tx.addReconciliation(reconciliation('a'));
      tx.addReconciliation(reconciliation('b', OTHER));
      tx.addReconciliation(reconciliation('c'));
    });
    expect(read.reconciliation(idOf('a'))).toEqual(reconciliation('a'));
    expect(read.reconciliation(idOf('x'))).toBeUndefined();
    const ids = (...args: Parameters<typeof read.reconciliations>) =>
      read.reconciliations(...args).map(({ id }) => id);
    expect(ids(undefined, 9)).toEqual(['c', 'b', 'a'].map(idOf));
    expect(ids(KIND, 9)).toEqual(['c', 'a'].map(idOf));
    expect(ids(KIND, 1)).toEqual([idOf('c')]);
    expect(read.lastReconciliation(OTHER)?.id).toBe(idOf('b'));
    expect(read.lastReconciliation(HELD)).toBeUndefined();
    await expect(transact((tx) => tx.addReconciliation(reconciliation('a')))).rejects.toThrow();
  });

  test('kinds are those that are held and those that were reconciled, each once', async () => {
    const { transact, read } = open();
    expect(read.kindsHeld()).toEqual([]);
    await transact((tx) => {
      for (const [information, person] of [
        [OTHER, '1'],
        [HELD, '1'],
        [HELD, '2'],
      ] as const) {
        const flags = { autoResponseDisabled: false, nonDisclosable: false };
        const copy = { layoutVersion: 'X-1', records: '[]', ...flags };
        tx.putCopy({ integratedAddressNumber: person, information, ...copy });
      }
      tx.addReconciliation(reconciliation('a'));
      tx.addReconciliation(reconciliation('b', OTHER));
    });
    expect(read.kindsHeld()).toEqual([HELD, KIND, OTHER]);
  });

  test('differences come back in their places, page by page, and are dropped list by list', async () => {
    const { transact, read } = open();
    await transact((tx) => {
      tx.addDifferences(idOf('a'), 0, differences.slice(0, 2));
      tx.addDifferences(idOf('a'), 2, differences.slice(2));
      tx.addDifferences(idOf('b'), 0, differences);
    });
    const places = differences.map((difference, place) => ({ place, difference }));
    expect(read.differences(idOf('a'), -1, 9)).toEqual(places);
    expect(read.differences(idOf('a'), 0, 1)).toEqual(places.slice(1, 2));
    expect(read.differences(idOf('x'), -1, 9)).toEqual([]);
    const drop = (but: readonly string[], most: number) =>
      transact((tx) => tx.dropDifferences(but.map(idOf), most));
    expect(await drop(['a', 'b'], 9)).toBe(0);
    expect(await drop(['b', 'x'], 2)).toBe(2);
    expect(read.differences(idOf('a'), -1, 9)).toHaveLength(1);
    expect(await drop(['b'], 2)).toBe(1);
    expect(await drop(['b'], 2)).toBe(0);
    expect(read.differences(idOf('b'), -1, 9)).toEqual(places);
  });
}
