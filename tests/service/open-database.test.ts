import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { manualClock } from '../../src/service/clock.ts';
import {
  type Migration,
  MigrationFailed,
  StorageTooNew,
} from '../../src/service/sqlite/migrate.ts';
import { openDatabase, StorageBusy } from '../../src/service/sqlite/open-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

const first: Migration = {
  version: 1,
  name: 'people',
  sql: 'CREATE TABLE person (id INTEGER PRIMARY KEY) STRICT',
};
const second: Migration = {
  version: 2,
  name: 'codes',
  sql: `CREATE TABLE code (code TEXT PRIMARY KEY, person INTEGER NOT NULL REFERENCES person) STRICT;
    INSERT INTO person VALUES (7)`,
};
const broken: Migration = {
  version: 3,
  name: 'broken',
  sql: 'CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1)',
};
const clock = manualClock('2026-11-22T00:00:00Z');

function opened(path: string, migrations: readonly Migration[]) {
  const db = openDatabase({ path, migrations, clock });
  onTestFinished(() => {
    if (db.isOpen) db.close();
  });
  return db;
}
const pragma = (db: ReturnType<typeof opened>, name: string) =>
  Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];

test('a file is durable, private, erased when deleted, and owned without shared memory', () => {
  const folder = join(temporaryFolder(), 'new', 'folder');
  const db = opened(join(folder, 'a.db'), [first]);
  expect(pragma(db, 'journal_mode')).toBe('wal');
  expect(pragma(db, 'synchronous')).toBe(2);
  expect(pragma(db, 'foreign_keys')).toBe(1);
  expect(pragma(db, 'secure_delete')).toBe(1);
  expect(pragma(db, 'locking_mode')).toBe('exclusive');
  expect(statSync(join(folder, 'a.db')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(['a.db', 'a.db-wal']);
});

test('a second opening in the same process is refused and harms nothing', () => {
  const path = join(temporaryFolder(), 'a.db');
  const db = opened(path, [first]);
  expect(() => opened(path, [first])).toThrow(StorageBusy);
  db.exec('INSERT INTO person VALUES (1)');
  expect(() => opened(path, [first])).toThrow(StorageBusy);
});

test('memory needs no file and takes the same migrations', () => {
  const db = opened(':memory:', [first, second]);
  expect(pragma(db, 'user_version')).toBe(2);
  expect(() => db.exec("INSERT INTO code VALUES ('x', 99)")).toThrow('FOREIGN KEY');
});

test('migrations run once, in order, and are written down', () => {
  const path = join(temporaryFolder(), 'a.db');
  opened(path, [first]).close();
  clock.advance(60_000);
  const db = opened(path, [first, second]);
  expect(db.prepare('SELECT version, name, applied_at FROM applied_migrations').all()).toEqual([
    { version: 1, name: 'people', applied_at: '2026-11-22T00:00:00.000Z' },
    { version: 2, name: 'codes', applied_at: '2026-11-22T00:01:00.000Z' },
  ]);
  db.close();
  expect(opened(path, [first, second]).prepare('SELECT id FROM person').all()).toEqual([{ id: 7 }]);
});

const tablesOf = (db: ReturnType<typeof opened>) =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
    .all()
    .map((row) => row.name);

test('a failing migration leaves the data as they were, and no new file', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.db');
  expect(() => opened(path, [first, second, broken])).toThrow(MigrationFailed);
  expect(readdirSync(folder)).toEqual([]);
  opened(path, [first]).close();
  expect(() => opened(path, [first, second, broken])).toThrow(MigrationFailed);
  const db = opened(path, [first]);
  expect(pragma(db, 'user_version')).toBe(1);
  expect(tablesOf(db)).toEqual(['applied_migrations', 'person']);
});

test('a second new database begins as the first did, dated by its own clock', () => {
  const steps = [first, second];
  const begun = (path: string) => {
    const db = opened(path, steps);
    const at = db.prepare('SELECT DISTINCT applied_at FROM applied_migrations').all();
    return { at, tables: tablesOf(db), people: db.prepare('SELECT id FROM person').all() };
  };
  const earlier = begun(':memory:');
  clock.advance(60_000);
  const later = { ...earlier, at: [{ applied_at: new Date(clock.now()).toISOString() }] };
  expect(begun(':memory:')).toEqual(later);
  expect(begun(join(temporaryFolder(), 'a.db'))).toEqual(later);
});

test('an empty file, which somebody else made, becomes a database too', () => {
  const path = join(temporaryFolder(), 'a.db');
  writeFileSync(path, '');
  expect(tablesOf(opened(path, [first]))).toEqual(['applied_migrations', 'person']);
});

test('a migration that ends its own transaction is refused', () => {
  const path = join(temporaryFolder(), 'a.db');
  const sneaky = { version: 2, name: 'sneaky', sql: 'CREATE TABLE a (b INTEGER); COMMIT' };
  opened(path, [first]).close();
  expect(() => opened(path, [first, sneaky])).toThrow(MigrationFailed);
  expect(pragma(opened(path, [first]), 'user_version')).toBe(1);
});

test('data of a later version is refused, untouched', () => {
  const path = join(temporaryFolder(), 'a.db');
  opened(path, [first, second]).close();
  expect(() => opened(path, [first])).toThrow(StorageTooNew);
  expect(pragma(opened(path, [first, second]), 'user_version')).toBe(2);
});

test('data with another past is refused', () => {
  const path = join(temporaryFolder(), 'a.db');
  opened(path, [first]).close();
  expect(() => opened(path, [{ ...first, name: 'animals' }])).toThrow(MigrationFailed);
});

test('migrations that do not count 1, 2, 3 are a mistake in the program', () => {
  expect(() => opened(':memory:', [second])).toThrow(RangeError);
});
