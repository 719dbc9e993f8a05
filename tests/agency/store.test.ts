import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { migrations } from '../../src/agency/store/migrations/migrations.ts';
import { type OpenAgencyStore, openAgencyStore } from '../../src/agency/store/sqlite-store.ts';
import { systemRandomness } from '../../src/service/randomness.ts';
import { openDatabase } from '../../src/service/sqlite/open-database.ts';
import { filesIn, filesWith, temporaryFolder } from '../support/folder.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';
import { retentionContract } from './retention-contract.ts';
import { agencyStoreContract } from './store-contract.ts';

const opened: OpenAgencyStore[] = [];
afterEach(async () => {
  for (const { commits } of opened.splice(0)) await commits.close();
});
const open = (path: string): OpenAgencyStore => {
  const store = openAgencyStore({ path });
  opened.push(store);
  return store;
};
const aFile = () => {
  const folder = temporaryFolder();
  return { folder, path: join(folder, 'node.sqlite') };
};

agencyStoreContract('SQLite in memory', () => open(':memory:'));
agencyStoreContract('SQLite in a file', () => open(aFile().path));
describe('letting records go', () => retentionContract(() => open(':memory:')));

const asked = (label: string, secret: Uint8Array) =>
  ({
    id: idOf(label),
    integratedAddressNumber: '123456789012345',
    provider: '11202',
    item: '25',
    information: subject.information,
    state: 'asking',
    by: 'gyomu',
    byKind: 'business-system',
    createdAt: 1,
    secret,
  }) as const;

test('invariant 5: after a checkpoint an erased secret is nowhere in the files, whatever was beside it', async () => {
  const { folder, path } = aFile();
  const { transact, commits } = open(path);
  const secrets = Array.from({ length: 40 }, () => Uint8Array.from(systemRandomness.bytes(32)));
  for (const [at, secret] of secrets.entries())
    await transact((tx) => tx.addInquiry(asked(String(at), secret)));
  for (const secret of secrets) expect(filesWith(filesIn(folder), secret)).not.toEqual([]);
  // Rows grow and move between pages as they get their results.
  for (const at of secrets.keys()) {
    const result = at % 2 ? new Uint8Array(300 * at).fill(120) : undefined;
    await transact((tx) =>
      tx.changeInquiry(idOf(String(at)), {
        state: 'provided',
        secret: undefined,
        result,
        deleteAt: 5,
      }),
    );
  }
  await commits.checkpoint();
  for (const secret of secrets) expect(filesWith(filesIn(folder), secret)).toEqual([]);
});

test('R-208: after a checkpoint a deleted result is nowhere in the files', async () => {
  const { folder, path } = aFile();
  const { transact, commits } = open(path);
  const results = Array.from(
    { length: 20 },
    (_, at) => `結果 ${digestOf(String(at))} ${'詰め物'.repeat(at * 40)} おわり${at}`,
  );
  for (const [at, result] of results.entries()) {
    await transact((tx) =>
      tx.addInquiry({
        ...asked(String(at), new Uint8Array(32)),
        result: Buffer.from(result),
        deleteAt: 1000,
      }),
    );
  }
  await commits.checkpoint();
  expect(filesWith(filesIn(folder), digestOf('7'))).not.toEqual([]);
  await transact((tx) => {
    for (const { id } of tx.inquiriesToErase(1001, 100)) tx.eraseInquiry(id, 1001);
  });
  await commits.checkpoint();
  for (const at of results.keys())
    expect(filesWith(filesIn(folder), digestOf(String(at)))).toEqual([]);
});

test('番号法21条の2: after a checkpoint a used or abandoned acquisition number is nowhere in the files', async () => {
  const { folder, path } = aFile();
  const { transact, commits } = open(path);
  await transact((tx) => {
    tx.addAcquisition(idOf('used'), '123456789012345', 1000);
    tx.addAcquisition(idOf('abandoned'), '543210987654321', 1000);
  });
  await transact((tx) => tx.takeCode(idOf('used'), idOf('code')));
  await transact((tx) => tx.sweep(1001));
  await commits.checkpoint();
  const files = filesIn(folder);
  expect([filesWith(files, idOf('used')), filesWith(files, idOf('abandoned'))]).toEqual([[], []]);
});

test('invariant 7 in SQL: whoever writes past the program cannot approve what they reviewed', async () => {
  const { path } = aFile();
  await open(path).commits.close();
  const db = new DatabaseSync(path);
  const insert = db.prepare(
    `INSERT INTO reviews (exchange, person, kind, state, restricted, created_at, due_at, reviewer, seen, approver)
     VALUES (?, '1', 'copy', 'approved', 0, 1, 1, ?, 'seen', ?)`,
  );
  expect(() => insert.run('a', 'jocho', 'jocho')).toThrow(/CHECK/);
  expect(() => insert.run('b', null, 'jocho')).toThrow(/CHECK/);
  insert.run('c', 'tanto', 'jocho');
  expect(() => db.exec("UPDATE reviews SET approver = 'tanto'")).toThrow(/CHECK/);
  db.close();
});

test('a file that is opened again holds everything as it was', async () => {
  const { path } = aFile();
  const before = open(path);
  const copy = {
    integratedAddressNumber: '1',
    information: 'TM',
    layoutVersion: 'X-1',
    records: '[]',
    autoResponseDisabled: true,
    nonDisclosable: true,
  };
  const secret = Uint8Array.from(systemRandomness.bytes(32));
  const provision = {
    subject,
    exchange: idOf('e'),
    person: idOf('p'),
    oneTimeKey: digestOf('k'),
    permittedAt: 1,
    answer: 'answer',
    sealed: 'sealed',
  };
  await before.transact((tx) => {
    tx.addAcquisition(idOf('a'), '1', 9);
    tx.addAcquisition(idOf('b'), '2', 9);
    tx.takeCode(idOf('a'), idOf('code'));
    tx.addInquiry(asked('inquiry', secret));
    tx.putCopy(copy);
    tx.addProvision(provision);
    tx.addReview({
      exchange: idOf('e'),
      integratedAddressNumber: '1',
      kind: 'copy',
      state: 'waiting',
      restricted: true,
      createdAt: 1,
      dueAt: 2,
    });
    tx.addOutgoing({ exchange: idOf('e'), answer: 'answer' });
    tx.record({ kind: 'answered', at: 1 });
    tx.putDocument(digestOf('d'), 'text');
    tx.setMeta('directory', 'statement');
  });
  await before.commits.close();
  const { read, transact } = open(path);
  expect(read.personOf(idOf('code'))).toBe('1');
  expect(read.inquiry(idOf('inquiry'))).toMatchObject({ state: 'asking', secret });
  expect(read.copy('1', 'TM', '2026-04-01')).toMatchObject(copy);
  expect(read.provision(idOf('e'))).toEqual(provision);
  expect(read.reviews(['waiting'])).toHaveLength(1);
  expect(read.outgoing()).toHaveLength(1);
  expect(read.records(0, 9)).toEqual([{ seq: 1, record: { kind: 'answered', at: 1 } }]);
  expect([read.document(digestOf('d')), read.meta('directory')]).toEqual(['text', 'statement']);
  expect(await transact((tx) => tx.takeCode(idOf('b'), idOf('later code')))).toBe(true);
});

test('copies of a node from before versions count always, on every day and unchanged', () => {
  const { path } = aFile();
  const step = migrations.findIndex(({ name }) => name === 'versions of copies');
  const before = openDatabase({ path, migrations: migrations.slice(0, step) });
  before.exec(`INSERT INTO copies VALUES ('1', 'TM1', 'K-1', '接種年月日', '[{"a":1}]', 1, 0),
    ('1', 'TM2', 'X-1', NULL, '[]', 0, 1)`);
  before.close();
  const { read } = open(path);
  const shared = { integratedAddressNumber: '1', published: '0001-01-01', ended: undefined };
  expect(read.copiesAfter(undefined, 9)).toEqual([
    {
      ...shared,
      information: 'TM1',
      layoutVersion: 'K-1',
      datedBy: '接種年月日',
      records: '[{"a":1}]',
      autoResponseDisabled: true,
      nonDisclosable: false,
    },
    {
      ...shared,
      information: 'TM2',
      layoutVersion: 'X-1',
      datedBy: undefined,
      records: '[]',
      autoResponseDisabled: false,
      nonDisclosable: true,
    },
  ]);
  expect(read.copy('1', 'TM1', '0001-01-01')?.layoutVersion).toBe('K-1');
});
