import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import {
  type OpenAddressNumberStore,
  openAddressNumberStore,
} from '../../src/address-numbers/store/sqlite-store.ts';
import { atRestOf } from '../support/at-rest.ts';
import { filesIn, filesWith, temporaryFolder } from '../support/folder.ts';
import { addressNumberStoreContract } from './store-contract.ts';

const opened: OpenAddressNumberStore[] = [];
afterEach(async () => {
  for (const { commits } of opened.splice(0)) await commits.close();
});
const open = (path: string, keys = 'keys'): OpenAddressNumberStore => {
  const store = openAddressNumberStore({ path, atRest: atRestOf(keys) });
  opened.push(store);
  return store;
};
const aFile = () => {
  const folder = temporaryFolder();
  return { folder, path: join(folder, 'address-numbers.sqlite') };
};

addressNumberStoreContract('SQLite in memory', () => open(':memory:'));
addressNumberStoreContract('SQLite in a file', () => open(aFile().path));

const basics = {
  name: '見本　花子',
  kana: 'ミホン　ハナコ',
  birthDate: '1980-04-01',
  sex: '女',
  address: '埼玉県熊谷市見本町1丁目2番3号',
} as const;
const person = {
  integratedAddressNumber: '123456789012345',
  individualNumber: '123456789018',
  basics,
  source: 'resident-register',
  at: 1,
} as const;
const secrets = [person.individualNumber, basics.name, '見本', 'ミホン', basics.birthDate, '熊谷'];

test('neither number nor basic items are in the files in the clear, nor an unkeyed digest of them', async () => {
  const { folder, path } = aFile();
  const { transact, commits, read } = open(path);
  await transact((tx) => {
    tx.addPerson(person);
    tx.addChange({
      id: 'AAAAAAAAAAAAAAAAAAAAAA',
      plan: {
        kind: 'split',
        from: person.integratedAddressNumber,
        to: '543210987654321',
        numberOf: 'from',
        basics,
        addressNumbers: [],
        copies: [],
      },
      state: 'proposed',
      proposedBy: 'tanto',
      proposedAt: 1,
    });
  });
  expect(read.person(person.integratedAddressNumber)?.basics).toEqual(basics);
  const { createHash } = await import('node:crypto');
  for (const when of ['before a checkpoint', 'after']) {
    const files = filesIn(folder);
    for (const secret of secrets) expect(filesWith(files, secret), when).toEqual([]);
    for (const algorithm of ['sha256', 'sha1', 'md5', 'sha512']) {
      const digest = createHash(algorithm).update(person.individualNumber).digest();
      expect(filesWith(files, digest), when).toEqual([]);
    }
    expect(filesWith(files, person.integratedAddressNumber)).not.toEqual([]);
    await commits.checkpoint();
  }
});

test('with other keys nobody is found and nothing opens', async () => {
  const { path } = aFile();
  const before = open(path);
  await before.transact((tx) => tx.addPerson(person));
  await before.commits.close();
  const { read } = open(path, 'other keys');
  expect(read.holderOf(person.individualNumber)).toBeUndefined();
  expect(() => read.person(person.integratedAddressNumber)).toThrow();
  expect(() => read.individualNumberOf(person.integratedAddressNumber)).toThrow();
});

test('what is sealed in one row does not open in another', async () => {
  const { path } = aFile();
  const before = open(path);
  const other = { ...person, integratedAddressNumber: '543210987654321' };
  await before.transact((tx) => {
    tx.addPerson(person);
    tx.addPerson({ ...other, individualNumber: '987654321093' });
  });
  await before.commits.close();
  const db = new DatabaseSync(path);
  db.exec(
    `UPDATE persons SET basics = (SELECT basics FROM persons WHERE integrated = '123456789012345')`,
  );
  db.close();
  const { read } = open(path);
  expect(read.person(person.integratedAddressNumber)?.basics).toEqual(basics);
  expect(() => read.person(other.integratedAddressNumber)).toThrow();
});

test('ties that were kept in the clear are sealed when the file is opened, and nowhere any more', async () => {
  const { folder, path } = aFile();
  const db = new DatabaseSync(path);
  db.exec(`CREATE TABLE applied_migrations (
      version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT;
    INSERT INTO applied_migrations VALUES (1, 'ties', '2026-01-01T00:00:00.000Z');
    CREATE TABLE ties (integrated TEXT PRIMARY KEY, individual TEXT NOT NULL UNIQUE) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1;`);
  const insert = db.prepare('INSERT INTO ties VALUES (?, ?)');
  const ties = Array.from({ length: 500 }, (_, at) => [
    String(777_777_777_777_000 + at),
    String(333_333_333_000 + at),
  ]);
  for (const tie of ties) insert.run(...(tie as [string, string]));
  db.close();
  expect(filesWith(filesIn(folder), '333333333123')).not.toEqual([]);
  const { read, commits } = open(path);
  for (const [integrated = '', individual = ''] of ties) {
    expect(read.individualNumberOf(integrated)).toBe(individual);
    expect(read.holderOf(individual)).toBe(integrated);
  }
  await commits.checkpoint();
  const files = filesIn(folder);
  for (const [, individual = ''] of ties) expect(filesWith(files, individual)).toEqual([]);
});

test('R-605: a line that is changed, put in or taken out by hand is found', async () => {
  const line = {
    at: 1,
    actorKind: 'staff',
    actor: 'tanto',
    operation: 'persons.find',
    outcome: 'done',
  } as const;
  const meddle = async (sql: string) => {
    const { path } = aFile();
    const before = open(path);
    await before.transact((tx) => {
      for (let at = 1; at <= 5; at += 1) tx.noteAccess({ ...line, at, person: `${at}` });
    });
    expect(before.read.verifyLog()).toEqual({ lines: 5, pruned: 0 });
    await before.commits.close();
    const db = new DatabaseSync(path);
    db.exec(`DROP TRIGGER access_log_stays; DROP TRIGGER access_log_is_kept; ${sql}`);
    db.close();
    return open(path).read.verifyLog();
  };
  expect(await meddle('')).toEqual({ lines: 5, pruned: 0 });
  expect(await meddle("UPDATE access_log SET actor = 'tanto2' WHERE seq = 3")).toMatchObject({
    broken: 3,
  });
  expect(await meddle('UPDATE access_log SET person = NULL WHERE seq = 2')).toMatchObject({
    broken: 2,
  });
  expect(await meddle('DELETE FROM access_log WHERE seq = 2')).toMatchObject({ broken: 3 });
  expect(
    await meddle(
      'DELETE FROM access_log WHERE seq = 2; UPDATE access_log SET seq = seq - 1 WHERE seq > 2',
    ),
  ).toMatchObject({ broken: 2 });
  expect(
    await meddle(`INSERT INTO access_log SELECT 6, at, actor_kind, 'kansa', department, operation, outcome, code,
      affair, person, subject, count, chain FROM access_log WHERE seq = 5`),
  ).toMatchObject({ broken: 6 });
  // As if its time were over: only the log’s own key can say so.
  const seal = `zeroblob(32)`;
  expect(
    await meddle(`INSERT INTO access_log_pruned SELECT 1, seq, chain, ${seal} FROM access_log WHERE seq = 2;
      DELETE FROM access_log WHERE seq <= 2`),
  ).toMatchObject({ broken: 2 });
});

test('R-605: SQL alone changes no line and takes none out', async () => {
  const { path } = aFile();
  const before = open(path);
  await before.transact((tx) =>
    tx.noteAccess({ at: 1, actorKind: 'system', actor: 'a', operation: 'b', outcome: 'done' }),
  );
  await before.commits.close();
  const db = new DatabaseSync(path);
  expect(() => db.exec("UPDATE access_log SET actor = 'x'")).toThrow('not changed');
  expect(() => db.exec('DELETE FROM access_log')).toThrow('is kept');
  db.close();
});
