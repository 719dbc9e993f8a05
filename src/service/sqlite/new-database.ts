import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../ports.ts';
import { type Migration, migrate, type SqlFunctions, withFunctions } from './migrate.ts';

/** What the steps make of an empty database, by their list: a network opens dozens of them. */
const made = new WeakMap<readonly Migration[], Uint8Array>();

/**
 * A database as its migrations begin it, as bytes. The steps run once in a process for each list of them; what
 * follows is a copy of a few pages, dated anew.
 *
 * @param functions As in `openDatabase`; they meet no data here.
 * @throws MigrationFailed
 */
export function newDatabase(
  migrations: readonly Migration[],
  functions: SqlFunctions,
  clock: Clock,
): Uint8Array {
  const db = new DatabaseSync(':memory:');
  try {
    const known = made.get(migrations);
    if (known !== undefined) {
      db.deserialize(known);
      db.prepare('UPDATE applied_migrations SET applied_at = ?').run(
        new Date(clock.now()).toISOString(),
      );
      return db.serialize();
    }
    withFunctions(db, functions);
    migrate(db, migrations, clock);
    const bytes = db.serialize();
    made.set(migrations, bytes.slice());
    return bytes;
  } finally {
    db.close();
  }
}

/**
 * Makes the file with its folder, readable by its owner only, when there is none: whole or not at all, as a kill
 * in the middle leaves only the file beside it, which the next try writes over.
 *
 * Only when absent: closing a second descriptor of an open database drops its POSIX locks.
 */
export function makeDatabaseFile(path: string, contents: () => Uint8Array): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}-new`;
  const bytes = contents();
  // Read and write version 2: a write-ahead log (https://sqlite.org/fileformat.html §1.3.3).
  bytes.fill(2, 18, 20);
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}
