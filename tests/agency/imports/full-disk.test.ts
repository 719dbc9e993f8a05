import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishImports } from '../../../src/agency/core/copies/imports/import-copies.ts';
import { RenkeiError } from '../../../src/protocol/errors.ts';
import { file, keeperOn, person, TAX, tax } from './keeper.ts';

// What the disk does not let happen now happens later, or has never been.

/** The transactions that fail, by their number; from 1. */
let fails = (_: number): boolean => false;
let keeper: ReturnType<typeof keeperOn>;
let count = 0;
beforeEach(() => {
  count = 0;
  fails = () => false;
  keeper = keeperOn(':memory:', (store) => ({
    read: store.read,
    transact(work) {
      count += 1;
      return fails(count) ? Promise.reject(new RenkeiError('storage_full')) : store.transact(work);
    },
  }));
});
afterEach(async () => {
  await keeper.settled();
  await keeper.close();
});

const content = file(...Array.from({ length: 1500 }, (_, at) => tax(at, 2024)));
const copies = () => keeper.read.copiesAfter(undefined, 10_000).length;
const states = () => keeper.read.copyImports(10).map(({ state }) => state);

test('while rows are staged: it is refused with its code, and nothing of it stays', async () => {
  fails = (at) => at === 2;
  await expect(keeper.take(content)).rejects.toMatchObject({ code: 'storage_full' });
  expect([states(), copies(), keeper.read.stagedPersons(0, 1)]).toEqual([[], 0, []]);
  expect(await keeper.take(content)).toMatchObject({ state: 'applied', added: 1500 });
});

test('and while that is cleared away: then when it is due', async () => {
  fails = (at) => at === 2 || at === 3;
  await expect(keeper.take(content)).rejects.toMatchObject({ code: 'storage_full' });
  expect(states()).toEqual(['reading']);
  await expect(keeper.take(content)).rejects.toMatchObject({ code: 'state_conflict' });
  await finishImports(keeper.node);
  expect(states()).toEqual([]);
});

test('after it was accepted: it is carried out when it is due, and nothing twice', async () => {
  // Begun, staged, accepted, two parts.
  fails = (at) => at === 6;
  expect(await keeper.take(content)).toMatchObject({ state: 'accepted', persons: 1500 });
  const part = copies();
  expect(part).toBeGreaterThan(0);
  expect(part).toBeLessThan(1500);
  await expect(keeper.take(file(tax(1, 2030)))).rejects.toMatchObject({ code: 'state_conflict' });
  await finishImports(keeper.node);
  expect(keeper.read.copyImports(1)).toMatchObject([
    { state: 'applied', added: 1500, replaced: 0, unchanged: 0 },
  ]);
  expect(copies()).toBe(1500);
  expect(keeper.read.copyVersions(person(7), TAX)).toHaveLength(1);
  expect(keeper.read.operations(0, 10)).toHaveLength(1);
});
