import type { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyConsistency } from '../../src/protocol/log/consistency.ts';
import { rootOf } from '../../src/protocol/log/frontier.ts';
import { EMPTY_ROOT, leafHash, sameHash } from '../../src/protocol/log/hash.ts';
import { verifyInclusion } from '../../src/protocol/log/inclusion.ts';
import type { Evidence } from '../../src/protocol/log/witness.ts';
import { groupCommit } from '../../src/service/sqlite/group-commit.ts';
import { LOG_TABLES_SQL, logTables, witnessTables } from '../../src/service/sqlite/log-tables.ts';
import { openDatabase } from '../../src/service/sqlite/open-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

const migrations = [{ version: 1, name: 'log', sql: LOG_TABLES_SQL }];

function opened(options: { path?: string; maxPages?: number } = {}) {
  const db = openDatabase({ path: ':memory:', migrations, ...options });
  onTestFinished(() => {
    if (db.isOpen) db.close();
  });
  return { db, log: logTables(db) };
}

const leaf = (index: number) => leafHash(`leaf ${index}`);
const leaves = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => leaf(from + at));

/** Runs a work as one transaction, as a group commit of one would. */
function transact(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  work();
  db.exec('COMMIT');
}

const filled = (count: number) => {
  const { db, log } = opened();
  transact(db, () => log.append(leaves(0, count)));
  return { db, log };
};
const sameRoot = (one: Uint8Array, other: Uint8Array) => expect(sameHash(one, other)).toBe(true);

test('what was appended has the root, the proofs and the indices of the definition', () => {
  const { db, log } = opened();
  sameRoot(log.root(), EMPTY_ROOT);
  transact(db, () => {
    expect(log.append(leaves(0, 5))).toBe(0);
    expect(log.append([])).toBe(5);
    expect(log.append(leaves(5, 70))).toBe(5);
    expect(log.size()).toBe(70);
  });
  for (let size = 0; size <= 70; size++) sameRoot(log.root(size), rootOf(leaves(0, size)));
  sameRoot(log.root(), log.root(70));
  for (const size of [1, 2, 3, 64, 65, 70]) {
    const root = log.root(size);
    for (let index = 0; index < size; index++) {
      verifyInclusion(log.inclusion(index, size), { leaf: leaf(index), index, size, root });
      const older = { size: index, root: log.root(index) };
      verifyConsistency(log.consistency(index, size), older, { size, root });
    }
  }
  sameRoot(log.hashAt(0, 69), leaf(69));
});

test('after a restart the log goes on where it was', () => {
  const path = `${temporaryFolder()}/a.db`;
  const first = opened({ path });
  transact(first.db, () => first.log.append(leaves(0, 13)));
  first.db.close();
  const second = opened({ path });
  expect(second.log.size()).toBe(13);
  transact(second.db, () => expect(second.log.append(leaves(13, 21))).toBe(13));
  sameRoot(second.log.root(), rootOf(leaves(0, 21)));
});

test('nothing is written outside a transaction', () => {
  const { db, log } = filled(3);
  const outside = 'a write outside a transaction';
  expect(() => log.append(leaves(3, 4))).toThrow(outside);
  expect(() => log.seal(() => 'signed')).toThrow(outside);
  expect(() => log.keepCosigned('w', { size: 1, note: 'signed' })).toThrow(outside);
  const witness = witnessTables(db);
  expect(() => witness.keepSeen({ origin: 'o', note: 'signed' })).toThrow(outside);
  transact(db, () => log.append(leaves(3, 4)));
  sameRoot(log.root(), rootOf(leaves(0, 4)));
});

test('no row of the log can be altered or removed, not even by SQL', () => {
  const { db, log } = filled(3);
  expect(() => db.exec("UPDATE log_leaves SET hashes = x'00' WHERE idx = 1")).toThrow(
    'append-only',
  );
  expect(() => db.exec('DELETE FROM log_leaves WHERE idx = 2')).toThrow('append-only');
  sameRoot(log.root(), rootOf(leaves(0, 3)));
});

test('beyond the end there is nothing to prove', () => {
  const { log } = filled(3);
  expect(() => log.root(4)).toThrow(RangeError);
  expect(() => log.inclusion(0, 4)).toThrow(RangeError);
  expect(() => log.inclusion(3, 3)).toThrow(RangeError);
  expect(() => log.consistency(1, 4)).toThrow(RangeError);
  expect(() => log.hashAt(1, 1)).toThrow('missing');
});

describe('what is rolled back was never in the log', () => {
  test('a transaction', () => {
    const { db, log } = filled(6);
    db.exec('BEGIN');
    log.append(leaves(100, 109));
    db.exec('ROLLBACK');
    expect(log.size()).toBe(6);
    sameRoot(log.root(), rootOf(leaves(0, 6)));
    transact(db, () => expect(log.append(leaves(6, 7))).toBe(6));
    sameRoot(log.root(), rootOf(leaves(0, 7)));
  });

  test('a savepoint, and then as many other leaves as were taken back', () => {
    const { db, log } = filled(6);
    transact(db, () => {
      log.append(leaves(6, 7));
      db.exec('SAVEPOINT work');
      log.append(leaves(100, 103));
      db.exec('ROLLBACK TO work; RELEASE work');
      log.append(leaves(7, 10));
      sameRoot(log.root(), rootOf(leaves(0, 10)));
    });
    sameRoot(log.root(), rootOf(leaves(0, 10)));
    expect(log.inclusion(8, 10)).toHaveLength(2);
  });

  test('an append that the disk had no room for', () => {
    const { db, log } = opened({ maxPages: 20 });
    transact(db, () => log.append(leaves(0, 100)));
    db.exec('BEGIN');
    expect(() => log.append(leaves(100, 5000))).toThrow('full');
    if (db.isTransaction) db.exec('ROLLBACK');
    expect(log.size()).toBe(100);
    sameRoot(log.root(), rootOf(leaves(0, 100)));
  });

  test('the same log is handed out for the same database, so that there is one frontier', () => {
    const { db, log } = filled(1);
    expect(logTables(db)).toBe(log);
  });

  test('any nesting of savepoints, kept and taken back, leaves what was kept', () => {
    const step = fc.oneof(
      fc.record({ append: fc.integer({ min: 0, max: 9 }) }),
      fc.constantFrom('save', 'release', 'undo', 'read' as const),
    );
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 25 }), { maxLength: 5 }), (transactions) => {
        const { db, log } = opened();
        let kept: Uint8Array[] = [];
        let fresh = 0;
        for (const [at, steps] of transactions.entries()) {
          db.exec('BEGIN');
          let now = [...kept];
          const saved: Uint8Array[][] = [];
          for (const one of steps) {
            if (typeof one === 'object') {
              const more = leaves(fresh, fresh + one.append);
              fresh += one.append;
              expect(log.append(more)).toBe(now.length);
              now = [...now, ...more];
            } else if (one === 'save') {
              db.exec('SAVEPOINT s');
              saved.push(now);
            } else if (one === 'read') {
              sameRoot(log.root(), rootOf(now));
            } else {
              const before = saved.pop();
              if (before === undefined) continue;
              if (one === 'undo') {
                db.exec('ROLLBACK TO s');
                now = before;
              }
              db.exec('RELEASE s');
            }
          }
          if (at % 3 === 2) db.exec('ROLLBACK');
          else {
            db.exec('COMMIT');
            kept = now;
          }
          expect(log.size()).toBe(kept.length);
          sameRoot(log.root(), rootOf(kept));
        }
        sameRoot(log.root(kept.length), rootOf(kept));
        db.close();
      }),
      { numRuns: 150 },
    );
  });
});

describe('under a group commit', () => {
  test('works that fail take back their leaves only, and the rest are in order', async () => {
    const db = openDatabase({ path: `${temporaryFolder()}/a.db`, migrations });
    const commit = groupCommit(db, logTables);
    onTestFinished(() => commit.close());
    const works = Array.from({ length: 200 }, (_, n) =>
      commit.transact((log) => {
        const index = log.append([leaf(n)]);
        if (n % 3 === 0) throw new Error('not this one');
        return { n, index };
      }),
    );
    const settled = await Promise.allSettled(works);
    const done = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(done.map(({ index }) => index)).toEqual(done.map((_, index) => index));
    const hashes = done.map(({ n }) => leaf(n));
    const log = logTables(db);
    expect(log.size()).toBe(hashes.length);
    sameRoot(log.root(), rootOf(hashes));
    for (const { n, index } of done) {
      const proof = log.inclusion(index, log.size());
      verifyInclusion(proof, { leaf: leaf(n), index, size: log.size(), root: log.root() });
    }
  });
});

describe('checkpoints', () => {
  test('one is sealed for all leaves, once, and goes with its transaction', () => {
    const { db, log } = opened();
    const signed: number[] = [];
    const seal = () =>
      log.seal(({ size, root }) => {
        sameRoot(root, rootOf(leaves(0, size)));
        signed.push(size);
        return `note ${size}`;
      });
    transact(db, seal);
    expect(log.checkpoint()).toBeUndefined();
    transact(db, () => {
      log.append(leaves(0, 4));
      log.append(leaves(4, 5));
      seal();
      seal();
    });
    transact(db, seal);
    expect(log.checkpoint()).toEqual({ size: 5, note: 'note 5' });
    db.exec('BEGIN');
    log.append(leaves(5, 6));
    seal();
    db.exec('ROLLBACK');
    expect(log.checkpoint()).toEqual({ size: 5, note: 'note 5' });
    transact(db, () => {
      log.append(leaves(5, 6));
      seal();
    });
    expect(log.checkpoint()).toEqual({ size: 6, note: 'note 6' });
    expect(signed).toEqual([5, 6, 6]);
  });

  test('the largest that each witness cosigned is kept', () => {
    const { db, log } = opened();
    transact(db, () => {
      expect(log.keepCosigned('b', { size: 5, note: 'b5' })).toBe(true);
      expect(log.keepCosigned('a', { size: 7, note: 'a7' })).toBe(true);
      expect(log.keepCosigned('b', { size: 9, note: 'b9' })).toBe(true);
      expect(log.keepCosigned('b', { size: 8, note: 'b8' })).toBe(false);
      expect(log.keepCosigned('b', { size: 9, note: 'b9 again' })).toBe(true);
    });
    expect(log.cosigned()).toEqual([
      { witness: 'a', size: 7, note: 'a7' },
      { witness: 'b', size: 9, note: 'b9 again' },
    ]);
  });
});

test('a witness keeps what it saw of each log, and evidence once', () => {
  const { db } = opened();
  const witness = witnessTables(db);
  const evidence: Evidence = { kind: 'fork', origin: 'a', seen: 'one', shown: 'other' };
  transact(db, () => {
    witness.keepSeen({ origin: 'a', note: '1' });
    witness.keepSeen({ origin: 'b', note: '2' });
    witness.keepSeen({ origin: 'a', note: '3' });
    witness.accuse(evidence);
    witness.accuse(evidence);
    witness.accuse({ ...evidence, kind: 'rollback' });
  });
  expect(witness.seen('a')).toEqual({ origin: 'a', note: '3' });
  expect(witness.seen('c')).toBeUndefined();
  expect(witness.evidence().map(({ kind }) => kind)).toEqual(['fork', 'rollback']);
});
