import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type OpenAddressNumberStore,
  openAddressNumberStore,
} from '../../src/address-numbers/store/sqlite-store.ts';
import { temporaryFolder } from '../support/folder.ts';

const opened: OpenAddressNumberStore[] = [];
afterEach(async () => {
  for (const { commits } of opened.splice(0)) await commits.close();
});
const open = (path: string): OpenAddressNumberStore => {
  const store = openAddressNumberStore({ path });
  opened.push(store);
  return store;
};

const tie = { integratedAddressNumber: '123456789012345', individualNumber: '123456789018' };
const other = { integratedAddressNumber: '543210987654321', individualNumber: '987654321093' };

describe.each([
  ['in memory', () => ':memory:'],
  ['in a file', () => join(temporaryFolder(), 'address-numbers.sqlite')],
])('R-501: the ties of an agency, %s', (_, path) => {
  test('a person is found by the integrated address number', async () => {
    const { transact, read } = open(path());
    await transact((tx) => tx.tie(tie));
    expect(read.individualNumberOf(tie.integratedAddressNumber)).toBe(tie.individualNumber);
    expect(read.individualNumberOf(other.integratedAddressNumber)).toBeUndefined();
  });

  test('the same tie again changes nothing; either number tied otherwise is a conflict', async () => {
    const { transact, read } = open(path());
    await transact((tx) => tx.tie(tie));
    await transact((tx) => tx.tie(tie));
    for (const wrong of [
      { ...tie, individualNumber: other.individualNumber },
      { ...tie, integratedAddressNumber: other.integratedAddressNumber },
    ]) {
      await expect(transact((tx) => tx.tie(wrong))).rejects.toMatchObject({
        code: 'state_conflict',
      });
    }
    expect(read.individualNumberOf(tie.integratedAddressNumber)).toBe(tie.individualNumber);
    expect(read.individualNumberOf(other.integratedAddressNumber)).toBeUndefined();
  });

  test('one that conflicts takes back all that were tied with it', async () => {
    const { transact, read } = open(path());
    await transact((tx) => tx.tie(tie));
    const together = transact((tx) => {
      tx.tie(other);
      tx.tie({ ...tie, individualNumber: '111111111118' });
    });
    await expect(together).rejects.toThrow('state_conflict');
    expect(read.individualNumberOf(other.integratedAddressNumber)).toBeUndefined();
  });
});

test('a file that is opened again holds the ties', async () => {
  const path = join(temporaryFolder(), 'address-numbers.sqlite');
  const before = open(path);
  await before.transact((tx) => tx.tie(tie));
  await before.commits.close();
  expect(open(path).read.individualNumberOf(tie.integratedAddressNumber)).toBe(
    tie.individualNumber,
  );
});
