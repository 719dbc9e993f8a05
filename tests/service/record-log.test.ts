import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openCheckpoint } from '../../src/protocol/log/checkpoint.ts';
import { verifyConsistency } from '../../src/protocol/log/consistency.ts';
import { rootOf } from '../../src/protocol/log/frontier.ts';
import { EMPTY_ROOT, leafHash, sameHash } from '../../src/protocol/log/hash.ts';
import { verifyInclusion } from '../../src/protocol/log/inclusion.ts';
import { recordLeaf } from '../../src/protocol/log/leaf.ts';
import { logKey, verifierKey } from '../../src/protocol/log/log-key.ts';
import { noteVerifier } from '../../src/protocol/log/signed-note.ts';
import type { ProvisionRecord } from '../../src/protocol/record.ts';
import { groupCommit } from '../../src/service/sqlite/group-commit.ts';
import { LOG_SQL, LogStore } from '../../src/service/sqlite/log-store.ts';
import { openDatabase } from '../../src/service/sqlite/open-database.ts';
import type { LogSigner } from '../../src/service/sqlite/record-log.ts';
import { digestOf, idOf } from '../support/ids.ts';
import { fc } from '../support/property.ts';
import { temporaryFolder } from './temporary-folder.ts';

const key = logKey(new Uint8Array(32).fill(7));
const name = 'renkei/11202';
const { id } = verifierKey(name, 'ed25519', key.publicKey);
const signer: LogSigner = { name, id, signLater: (text) => key.signLater(text) };
const known = { origin: name, keys: [noteVerifier(name, key.publicKey)] };

const before = `CREATE TABLE records (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, exchange TEXT, record TEXT NOT NULL
) STRICT; CREATE INDEX records_exchange ON records (exchange);`;
const migrations = [
  { version: 1, name: 'records', sql: before },
  { version: 2, name: 'log', sql: LOG_SQL },
];

const record = (n: number): ProvisionRecord => ({
  kind: 'permitted',
  at: n,
  exchange: idOf(`exchange ${n}`),
  statement: digestOf(`statement ${n}`),
});
const leaf = (n: number) => leafHash(recordLeaf(record(n)));
const leaves = (numbers: readonly number[]) => numbers.map(leaf);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const sameRoot = (one: Uint8Array, other: Uint8Array) => expect(sameHash(one, other)).toBe(true);

function opened({ path = ':memory:', log: kept = true, maxPages = 0 } = {}) {
  const db = openDatabase({ path, migrations, ...(maxPages > 0 && { maxPages }) });
  const store = new LogStore(db, kept ? signer : undefined);
  const commit = groupCommit(db, () => store.records, store);
  const close = async () => {
    if (db.isOpen) await commit.close();
  };
  onTestFinished(close);
  const write = (numbers: readonly number[]) =>
    commit.transact((log) => numbers.map((n) => log.record(record(n))));
  return { db, log: store.records, store, commit, write, close };
}

test('what was recorded has the root, the proofs and the indices of the definition', async () => {
  const { log, write } = opened();
  sameRoot(log.head.root, EMPTY_ROOT);
  expect(await write(upTo(5))).toEqual([0, 1, 2, 3, 4]);
  expect(await write(upTo(70).slice(5))).toEqual(upTo(70).slice(5));
  expect(log.head.size).toBe(70);
  for (let size = 0; size <= 70; size++) sameRoot(log.root(size), rootOf(leaves(upTo(size))));
  for (const size of [1, 2, 3, 64, 65, 70]) {
    const root = log.root(size);
    for (let index = 0; index < size; index++) {
      verifyInclusion(log.inclusion(index, size), { leaf: leaf(index), index, size, root });
      const older = { size: index, root: log.root(index) };
      verifyConsistency(log.consistency(index, size), older, { size, root });
    }
  }
  expect(log.records(0, 100).map((one) => one.record)).toEqual(upTo(70).map(record));
  expect(log.records(0, 100).map(({ seq }) => seq)).toEqual(upTo(70).map((n) => n + 1));
  expect(() => log.root(71)).toThrow(RangeError);
  expect(() => log.inclusion(70, 70)).toThrow(RangeError);
});

test('the checkpoint of each commit is signed, and the same again for the same records', async () => {
  const { log, write } = opened();
  expect(await log.head.note).toMatch(/^renkei\/11202\n0\n/);
  await write([0, 1, 2]);
  const { note, size, root } = log.head;
  const checkpoint = openCheckpoint(await note, known);
  expect(checkpoint.size).toBe(3);
  sameRoot(checkpoint.root, root);
  await write([3]);
  expect(await log.checkpointAt(size)).toBe(await note);
  await expect(log.checkpointAt(5)).rejects.toThrow(RangeError);
});

test('a record is found by what it tells of, whether it is new or old', async () => {
  const path = `${temporaryFolder()}/a.db`;
  const first = opened({ path });
  await first.write(upTo(9));
  const found = { index: 4, record: record(4) };
  expect(first.log.find(idOf('exchange 4'), digestOf('statement 4'))).toEqual(found);
  await first.close();
  const { log } = opened({ path });
  expect(log.find(idOf('exchange 4'), digestOf('statement 4'))).toEqual(found);
  expect(log.find(idOf('exchange 4'), digestOf('statement 5'))).toBeUndefined();
});

test('after a restart the log goes on where it was', async () => {
  const path = `${temporaryFolder()}/a.db`;
  const first = opened({ path });
  await first.write(upTo(13));
  await first.close();
  const second = opened({ path });
  expect(second.log.head.size).toBe(13);
  expect(await second.write([13])).toEqual([13]);
  sameRoot(second.log.head.root, rootOf(leaves(upTo(14))));
  verifyInclusion(second.log.inclusion(2, 14), {
    ...{ leaf: leaf(2), index: 2, size: 14, root: second.log.head.root },
  });
});

describe('records from before there was a log', () => {
  const path = () => `${temporaryFolder()}/a.db`;

  test('enter it in their order when there is one', async () => {
    const at = path();
    const old = new DatabaseSync(at);
    old.exec(`${before} CREATE TABLE applied_migrations (
      version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT;
      INSERT INTO applied_migrations VALUES (1, 'records', ''); PRAGMA user_version = 1`);
    const add = old.prepare('INSERT INTO records (exchange, record) VALUES (?, ?)');
    old.exec('BEGIN');
    // As they were written then, in another order of members; and more than are entered at once.
    for (const n of upTo(1203)) {
      const { kind, at: when, exchange = '', statement } = record(n);
      add.run(exchange, JSON.stringify({ kind, at: when, exchange, statement }));
    }
    old.exec('COMMIT');
    old.close();
    const { log, write } = opened({ path: at });
    expect(log.head.size).toBe(1203);
    sameRoot(log.head.root, rootOf(leaves(upTo(1203))));
    expect(await write([1203])).toEqual([1203]);
    expect(log.records(1202, 5)).toEqual([
      { seq: 1203, record: record(1202) },
      { seq: 1204, record: record(1203) },
    ]);
    expect([...log.leaves(7, 8)]).toEqual([
      { index: 7, record: recordLeaf(record(7)), leaf: Uint8Array.from(leaf(7)) },
    ]);
  });

  test('so do those of a time without one', async () => {
    const at = path();
    const first = opened({ path: at });
    await first.write([0, 1]);
    await first.close();
    const without = opened({ path: at, log: false });
    expect(await without.write([2, 3])).toEqual([2, 3]);
    await without.close();
    const { log } = opened({ path: at });
    sameRoot(log.head.root, rootOf(leaves(upTo(4))));
  });
});

test('no logged record can be altered or removed, not even by SQL; its text may go when its time is over', async () => {
  const { db, log, write } = opened();
  await write([0, 1, 2]);
  for (const sql of [
    "UPDATE records SET hashes = x'00' WHERE seq = 1",
    "UPDATE records SET record = '{}' WHERE seq = 1",
    'UPDATE records SET seq = 9 WHERE seq = 1',
    'DELETE FROM records WHERE seq = 2',
  ]) {
    expect(() => db.exec(sql), sql).toThrow('append-only');
  }
  db.exec('UPDATE records SET record = NULL, exchange = NULL WHERE seq = 1');
  sameRoot(log.root(3), rootOf(leaves(upTo(3))));
  expect(log.records(0, 9).map(({ seq }) => seq)).toEqual([2, 3]);
});

test('what is no record is not written', async () => {
  const { log, commit } = opened();
  const wrong = { ...record(0), individualNumber: '123456789018' } as ProvisionRecord;
  await expect(commit.transact((tx) => tx.record(wrong))).rejects.toThrow();
  expect(log.head.size).toBe(0);
});

describe('what is rolled back was never in the log', () => {
  test('an append that the disk had no room for', async () => {
    const { log, write } = opened({ maxPages: 30 });
    await write(upTo(100));
    await expect(write(upTo(5000))).rejects.toMatchObject({ code: 'storage_full' });
    expect(log.head.size).toBe(100);
    sameRoot(log.head.root, rootOf(leaves(upTo(100))));
    expect(await write([100])).toEqual([100]);
    sameRoot(log.head.root, rootOf(leaves(upTo(101))));
  });

  test('works that fail, alone or among others, take back their own; a lost commit takes back all', async () => {
    const batches = fc.array(
      fc.record({
        works: fc.array(
          fc.record({ records: fc.integer({ min: 0, max: 9 }), fails: fc.boolean() }),
          { maxLength: 6 },
        ),
        lost: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const { db, log, commit, close } = opened();
        const kept: number[] = [];
        let fresh = 0;
        for (const { works, lost } of all) {
          const now: number[] = [];
          const settled = works.map(({ records: count, fails }, at) => {
            const numbers = upTo(count).map(() => fresh++);
            if (!fails) now.push(...numbers);
            return commit.transact((tx) => {
              for (const n of numbers) tx.record(record(n));
              if (fails) throw new Error('not this one');
              // As when SQLite gives up half-way.
              if (lost && at === works.length - 1) db.exec('ROLLBACK');
            });
          });
          await Promise.allSettled(settled);
          const gone = lost && works.at(-1)?.fails === false;
          if (!gone) kept.push(...now);
          expect(log.head.size).toBe(kept.length);
          sameRoot(log.head.root, rootOf(leaves(kept)));
        }
        for (const [index, n] of kept.entries()) {
          const { size, root } = log.head;
          verifyInclusion(log.inclusion(index, size), { leaf: leaf(n), index, size, root });
        }
        expect(log.records(0, 1000).map(({ record: { at } }) => at)).toEqual(kept);
        await close();
      }),
      { numRuns: 100 },
    );
  });
});

describe('what is kept of the others', () => {
  const alarm = {
    log: 'gateway',
    kind: 'fork',
    at: 5,
    evidence: { kind: 'fork', origin: 'renkei/gateway', seen: 'one', shown: 'other' },
  } as const;

  test('is written with the next commit, or at the end, and is there after a restart', async () => {
    const path = `${temporaryFolder()}/a.db`;
    const first = opened({ path });
    first.store.peers.change('gateway', { seen: 'note 1', shown: 3 });
    await first.write([0]);
    expect(first.store.dirty).toBe(false);
    first.store.peers.change('gateway', { cosigned: { size: 1, signature: '— a b\n' } });
    await first.close();
    const second = opened({ path });
    expect(second.store.peers.of('gateway')).toEqual({
      seen: 'note 1',
      shown: 3,
      cosigned: { size: 1, signature: '— a b\n' },
      witnessed: { at: 0, size: 0 },
    });
  });

  test('alarms stay, and end when the log is trusted anew', async () => {
    const { store, commit } = opened();
    expect(() => store.peers.accuse(alarm)).toThrow('outside a transaction');
    await commit.transact(() => store.peers.accuse(alarm));
    expect(store.peers.alarms()).toEqual([alarm]);
    expect(await commit.transact(() => store.peers.trust('13101', 6))).toBe(0);
    expect(await commit.transact(() => store.peers.trust('gateway', 7))).toBe(1);
    expect(store.peers.alarms()).toEqual([{ ...alarm, trustedAt: 7 }]);
    expect(store.peers.standing('gateway')).toEqual([]);
  });
});
