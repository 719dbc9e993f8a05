import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { integer, text } from '../../src/service/sqlite/columns.ts';
import { groupCommit, StorageClosed } from '../../src/service/sqlite/group-commit.ts';
import { openDatabase } from '../../src/service/sqlite/open-database.ts';
import { statements } from '../../src/service/sqlite/statements.ts';
import { fc } from '../support/property.ts';
import { temporaryFolder } from './temporary-folder.ts';

const migrations = [
  {
    version: 1,
    name: 'notes',
    sql: `CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;
      CREATE TABLE reply (note INTEGER REFERENCES note DEFERRABLE INITIALLY DEFERRED) STRICT`,
  },
];

const notes = (db: DatabaseSync) => {
  const own = statements(db);
  return {
    add: own.write('INSERT INTO note VALUES (?, ?)'),
    addMany:
      own.write(`WITH RECURSIVE n (id) AS (SELECT 1000 UNION ALL SELECT id + 1 FROM n LIMIT ?)
      INSERT INTO note SELECT id, printf('%.6000c', 'x') FROM n`),
    remove: own.write('DELETE FROM note WHERE id = ?'),
    reply: own.write('INSERT INTO reply VALUES (?)'),
    ids: own.many('SELECT id FROM note ORDER BY id', (row) => integer(row, 'id')),
    words: own.one('SELECT words FROM note WHERE id = ?', (row) => text(row, 'words')),
  };
};

function opened(path = ':memory:') {
  const db = openDatabase({ path, migrations });
  const commit = groupCommit(db, notes);
  onTestFinished(() => commit.close());
  return { db, commit, ids: () => commit.read((tx) => tx.ids()) };
}

class Refusal extends Error {}
const codeOf = (error: unknown) => (error instanceof RenkeiError ? error.code : error);
/** What became of each promise: its value, or the code or error it was rejected with. */
const outcomes = async (promises: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(promises)).map((settled) =>
    settled.status === 'fulfilled' ? settled.value : codeOf(settled.reason),
  );

test('a work’s result comes back, and its writes are there', async () => {
  const { commit, ids } = opened();
  const result = await commit.transact((tx) => {
    tx.add(1, 'one');
    return tx.words(1);
  });
  expect(result).toBe('one');
  expect(ids()).toEqual([1]);
});

test('works of one turn share one commit and run in order; nothing is told before it', async () => {
  const { db, commit } = opened();
  const order: string[] = [];
  const promises = [1, 2, 3].map((id) =>
    commit
      .transact((tx) => {
        order.push(`run ${id}`);
        tx.add(id, 'x');
      })
      .then(() => order.push(`told ${id}, in transaction: ${db.isTransaction}`)),
  );
  expect(order).toEqual([]);
  await Promise.all(promises);
  expect(order).toEqual([
    'run 1',
    'run 2',
    'run 3',
    ...[1, 2, 3].map((id) => `told ${id}, in transaction: false`),
  ]);
});

test('works that come in later steps of the same turn share the commit too', async () => {
  const { commit, ids } = opened();
  const first = commit.transact((tx) => tx.add(1, 'x'));
  await new Promise<void>((resolve) => process.nextTick(resolve));
  await Promise.resolve();
  expect(ids()).toEqual([]);
  const second = commit.transact((tx) => tx.add(2, 'x'));
  await first;
  expect(ids()).toEqual([1, 2]);
  await second;
});

test('a work that throws takes back itself alone, whoever else shares the commit', async () => {
  const workKinds = fc.record({
    turn: fc.nat(3),
    throws: fc.boolean(),
    writes: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(workKinds, { maxLength: 30 }), async (kinds) => {
      const db = openDatabase({ path: ':memory:', migrations });
      const commit = groupCommit(db, notes);
      const settled: Promise<PromiseSettledResult<number>[]>[] = [];
      for (const turn of [0, 1, 2, 3]) {
        const works = kinds.flatMap((kind, index) =>
          kind.turn === turn ? [{ ...kind, index }] : [],
        );
        const promises = works.map(({ throws, writes, index }) =>
          commit.transact((tx) => {
            for (let n = 0; n < writes; n += 1) tx.add(index * 10 + n, 'x');
            if (throws) throw new Refusal();
            return index;
          }),
        );
        settled.push(Promise.allSettled(promises));
        if (turn % 2 === 0) await commit.drain();
      }
      const results = (await Promise.all(settled)).flat();
      const expected = kinds.flatMap(({ throws, writes }, index) =>
        throws ? [] : Array.from({ length: writes }, (_, n) => index * 10 + n),
      );
      expect(commit.read((tx) => tx.ids())).toEqual(expected.sort((a, b) => a - b));
      const rejected = results.filter((result) => result.status === 'rejected');
      expect(rejected.every(({ reason }) => reason instanceof Refusal)).toBe(true);
      expect(rejected.length).toBe(kinds.filter(({ throws }) => throws).length);
      await commit.close();
    }),
    { numRuns: 60 },
  );
});

test('a constraint is the work’s own failure and reaches its caller as it is', async () => {
  const { commit, ids } = opened();
  const results = await outcomes([
    commit.transact((tx) => tx.add(1, 'a')),
    commit.transact((tx) => tx.add(1, 'b')),
    commit.transact((tx) => tx.add(2, 'c')),
  ]);
  expect(results).toEqual([1, expect.objectContaining({ code: 'ERR_SQLITE_ERROR' }), 1]);
  expect(ids()).toEqual([1, 2]);
});

test('a work that returns a promise is refused and leaves nothing', async () => {
  const { commit, ids } = opened();
  const late = async (tx: ReturnType<typeof notes>) => {
    tx.add(1, 'x');
    throw new Refusal();
  };
  const [alone] = await outcomes([commit.transact(late)]);
  const [grouped, other] = await outcomes([
    commit.transact(late),
    commit.transact((tx) => tx.add(2, 'y')),
  ]);
  expect(alone).toEqual(new TypeError('a transaction must be synchronous'));
  expect(grouped).toEqual(alone);
  expect(other).toBe(1);
  expect(ids()).toEqual([2]);
});

test('a failed COMMIT rejects the whole batch with internal; the next batch works', async () => {
  const { commit, ids } = opened();
  const results = await outcomes([
    commit.transact((tx) => tx.add(1, 'a')),
    commit.transact(() => {
      throw new Refusal();
    }),
    // A deferred foreign key is found broken at COMMIT.
    commit.transact((tx) => tx.reply(99)),
  ]);
  expect(results).toEqual(['internal', expect.any(Refusal), 'internal']);
  expect(ids()).toEqual([]);
  await commit.transact((tx) => tx.add(2, 'b'));
  expect(ids()).toEqual([2]);
});

test('a failed BEGIN rejects the whole batch with internal; the next batch works', async () => {
  const { db, commit, ids } = opened();
  const batch = [1, 2].map((id) => commit.transact((tx) => tx.add(id, 'x')));
  db.exec('BEGIN');
  expect(await outcomes(batch)).toEqual(['internal', 'internal']);
  await commit.transact((tx) => tx.add(3, 'x'));
  expect(ids()).toEqual([3]);
});

test('a work that ends the transaction fails with those before it; those behind go on', async () => {
  const { db, commit, ids } = opened();
  const results = await outcomes([
    commit.transact((tx) => tx.add(1, 'x')),
    commit.transact(() => db.exec('ROLLBACK')),
    commit.transact((tx) => tx.add(3, 'x')),
  ]);
  expect(results).toEqual(['internal', 'internal', 1]);
  expect(ids()).toEqual([3]);
});

test('a lone work that ends the transaction is not told as done', async () => {
  const { db, commit, ids } = opened();
  const work = (tx: ReturnType<typeof notes>) => {
    tx.add(1, 'x');
    db.exec('ROLLBACK');
  };
  expect(await outcomes([commit.transact(work)])).toEqual(['internal']);
  expect(ids()).toEqual([]);
});

test('a full disk within one statement of many rows takes back that work alone', async () => {
  const { db, commit, ids } = opened(join(temporaryFolder(), 'a.db'));
  const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count);
  db.exec(`PRAGMA max_page_count = ${pages + 10}`);
  const results = await outcomes([
    commit.transact((tx) => tx.add(1, 'x')),
    commit.transact((tx) => tx.addMany(100)),
    commit.transact((tx) => tx.add(2, 'x')),
  ]);
  expect(results).toEqual([1, 'storage_full', 1]);
  expect(ids()).toEqual([1, 2]);
});

test('a full disk is told as storage_full, loses nothing told before, and heals', async () => {
  const path = join(temporaryFolder(), 'a.db');
  const { db, commit, ids } = opened(path);
  const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count);
  db.exec(`PRAGMA max_page_count = ${pages + 30}`);
  const told: number[] = [];
  const failures = new Set<unknown>();
  for (let batch = 0; batch < 8; batch += 1) {
    const first = batch * 10;
    const results = await outcomes(
      Array.from({ length: 10 }, (_, n) =>
        commit.transact((tx) => {
          tx.add(first + n, 'x'.repeat(6_000));
          return first + n;
        }),
      ),
    );
    for (const result of results) {
      if (typeof result === 'number') told.push(result);
      else failures.add(result);
    }
  }
  expect([...failures]).toEqual(['storage_full']);
  expect(told.length).toBeGreaterThan(5);
  expect(ids()).toEqual(told);

  await commit.transact((tx) => tx.remove(told[0] ?? 0));
  await commit.transact((tx) => tx.add(1_000, 'room again'));
  expect(ids()).toContain(1_000);
});

test('drain waits for what is queued, also when asked from inside a work', async () => {
  const { commit, ids } = opened();
  let drained: Promise<void> | undefined;
  void commit.transact((tx) => {
    tx.add(1, 'x');
    drained = commit.drain();
  });
  void commit.transact((tx) => tx.add(2, 'x'));
  await commit.drain();
  expect(ids()).toEqual([1, 2]);
  await drained;
});

test('a queue longer than one batch is still done in order', async () => {
  const { commit, ids } = opened();
  const many = Array.from({ length: 1_300 }, (_, id) => id);
  await Promise.all(many.map((id) => commit.transact((tx) => tx.add(id, 'x'))));
  expect(ids()).toEqual(many);
});

test('close finishes what was handed over before and refuses what comes after', async () => {
  const path = join(temporaryFolder(), 'a.db');
  const { commit } = opened(path);
  const before = commit.transact((tx) => tx.add(1, 'x'));
  const closing = commit.close();
  expect(commit.close()).toBe(closing);
  await expect(commit.transact((tx) => tx.add(2, 'x'))).rejects.toThrow(StorageClosed);
  await before;
  await closing;
  expect(() => commit.read((tx) => tx.ids())).toThrow(StorageClosed);
  expect(opened(path).ids()).toEqual([1]);
});

test('writing outside a transaction throws', () => {
  const { commit, ids } = opened();
  expect(() => commit.read((tx) => tx.add(1, 'x'))).toThrow('outside a transaction');
  expect(ids()).toEqual([]);
});

test('after a checkpoint what was erased is in no file', async () => {
  const path = join(temporaryFolder(), 'a.db');
  const { commit } = opened(path);
  const secret = 'one-time-secret-'.repeat(20);
  const inFiles = () => [path, `${path}-wal`].some((file) => readFileSync(file).includes(secret));
  await commit.transact((tx) => tx.add(1, secret));
  expect(inFiles()).toBe(true);
  await commit.transact((tx) => tx.remove(1));
  expect(inFiles()).toBe(true);
  await commit.checkpoint();
  expect(inFiles()).toBe(false);
  expect(statSync(`${path}-wal`).size).toBe(0);
});
