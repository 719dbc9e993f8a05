import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type OpenGatewayStore, openGatewayStore } from '../../src/gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';
import { retentionContract } from './retention-contract.ts';
import { gatewayStoreContract } from './store-contract.ts';

const opened: OpenGatewayStore[] = [];
afterEach(async () => {
  for (const { commits } of opened.splice(0)) await commits.close();
});
const open = (path: string, options: { maxPages?: number } = {}): OpenGatewayStore => {
  const store = openGatewayStore({ path, ...options });
  opened.push(store);
  return store;
};

gatewayStoreContract('SQLite in memory', () => open(':memory:'));
gatewayStoreContract('SQLite in a file', () => open(join(temporaryFolder(), 'gateway.sqlite')));
describe('letting records go', () => retentionContract(() => open(':memory:')));

test('a file that is opened again holds everything as it was', async () => {
  const path = join(temporaryFolder(), 'gateway.sqlite');
  const before = open(path);
  const exchange = {
    ...subject,
    id: idOf('a'),
    state: 'permitted',
    permitDigest: digestOf('permit'),
    requestedAt: 1,
    expiresAt: 2,
    oneTimeKey: digestOf('key'),
    person: digestOf('person'),
    answerDigest: undefined,
    asked: false,
  } as const;
  await before.transact((tx) => {
    tx.claim('11202', idOf('a'), 1);
    tx.putCode('11202', idOf('code'), digestOf('person'));
    tx.addExchange(exchange);
    tx.keep('32201', { exchange: idOf('a'), answer: 'answer', sealed: 'sealed' }, 1);
    tx.record({ kind: 'permitted', at: 1 });
    tx.setMeta('lists', '1 digest');
  });
  await before.commits.close();
  const { read, transact } = open(path);
  expect(read.codeOf('11202', digestOf('person'))).toBe(idOf('code'));
  expect(read.exchange(idOf('a'))).toEqual(exchange);
  expect(read.kept('32201', 1)).toEqual([
    { exchange: idOf('a'), answer: 'answer', sealed: 'sealed' },
  ]);
  expect(read.records(0, 10)).toEqual([{ seq: 1, record: { kind: 'permitted', at: 1 } }]);
  expect(read.meta('lists')).toBe('1 digest');
  await expect(transact((tx) => tx.claim('11202', idOf('a'), 1))).rejects.toThrow(
    'message_replayed',
  );
  await transact((tx) => tx.record({ kind: 'denied', at: 2 }));
  expect(read.records(1, 10)).toEqual([{ seq: 2, record: { kind: 'denied', at: 2 } }]);
});

test('a full disk is storage_full, nothing is half there, and reading goes on', async () => {
  const { transact, read } = open(join(temporaryFolder(), 'gateway.sqlite'), { maxPages: 40 });
  const fill = (at: number) =>
    transact((tx) => {
      tx.record({ kind: 'permitted', at });
      tx.keep('32201', { exchange: idOf(String(at)), answer: 'x'.repeat(3000) }, 1);
    });
  let at = 0;
  const filling = async () => {
    for (;;) {
      await fill(at);
      at += 1;
    }
  };
  await expect(filling()).rejects.toMatchObject({ code: 'storage_full' });
  expect(at).toBeGreaterThan(3);
  expect(read.records(0, 1000)).toHaveLength(at);
  expect(read.kept('32201', 1000)).toHaveLength(at);
  await transact((tx) => tx.sweep(2));
  await fill(at);
  expect(read.records(0, 1000)).toHaveLength(at + 1);
});
