import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Clock } from '../ports.ts';

/** One step of a schema: versions count 1, 2, 3 … and are never changed once released. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Statements without BEGIN, COMMIT or user_version: steps are taken inside a transaction. */
  readonly sql: string;
}

/** Functions that steps call: what SQL alone cannot do, such as sealing. The same for the same values. */
export type SqlFunctions = Readonly<Record<string, (...values: SQLOutputValue[]) => SQLInputValue>>;

/** Makes them known to the steps of this database. */
export function withFunctions(db: DatabaseSync, functions: SqlFunctions): void {
  for (const [name, call] of Object.entries(functions)) {
    db.function(name, { deterministic: true, directOnly: true }, call);
  }
}

/** The data was written by a newer renkei than this one. */
export class StorageTooNew extends Error {
  override readonly name = 'StorageTooNew';
  readonly code = 'storage_too_new';
  readonly ja: string;
  readonly en: string;

  constructor(found: number, known: number) {
    super(`the data has schema version ${found}; this renkei knows ${known}`);
    this.ja = `データの版 ${found} は、この renkei が扱える版 ${known} より新しいものです`;
    this.en = `The data has schema version ${found}; this renkei knows up to ${known}`;
  }
}

/** A step failed; the data is as it was. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  readonly code = 'migration_failed';
  readonly version: number;

  constructor({ version, name }: Migration, cause: unknown) {
    super(`migration ${version} (${name}) failed`, { cause });
    this.version = version;
  }
}

const APPLIED = `CREATE TABLE IF NOT EXISTS applied_migrations (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT`;

const versionOf = (db: DatabaseSync): number =>
  Number(db.prepare('PRAGMA user_version').get()?.user_version);

/**
 * Applies what is missing, all of it in one transaction together with the version (PRAGMA user_version) and a
 * line a step in `applied_migrations`: new data wait for the disk once, and no half-way version is ever on it.
 *
 * Throws StorageTooNew for data of a later renkei, MigrationFailed when a step fails or when the
 * data's past is not this list's past.
 */
export function migrate(db: DatabaseSync, migrations: readonly Migration[], clock: Clock): void {
  for (const [index, { version }] of migrations.entries()) {
    if (version !== index + 1) throw new RangeError('migrations count 1, 2, 3 …');
  }
  const current = versionOf(db);
  if (current > migrations.length) throw new StorageTooNew(current, migrations.length);
  if (current > 0) checkPast(db, migrations.slice(0, current));
  const missing = migrations.slice(current);
  if (missing[0] === undefined) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(APPLIED);
    for (const migration of missing) apply(db, migration, clock);
    db.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    if (error instanceof MigrationFailed) throw error;
    throw new MigrationFailed(missing[0], error);
  }
}

function apply(db: DatabaseSync, migration: Migration, clock: Clock): void {
  try {
    db.exec(migration.sql);
    if (!db.isTransaction) throw new Error('a migration must not end its transaction');
    db.prepare('INSERT INTO applied_migrations VALUES (?, ?, ?)').run(
      migration.version,
      migration.name,
      new Date(clock.now()).toISOString(),
    );
  } catch (error) {
    throw new MigrationFailed(migration, error);
  }
}

function checkPast(db: DatabaseSync, past: readonly Migration[]): void {
  const names = db
    .prepare('SELECT name FROM applied_migrations ORDER BY version')
    .all()
    .map((row) => row.name);
  for (const [index, migration] of past.entries()) {
    if (names[index] !== migration.name) {
      throw new MigrationFailed(migration, new Error('the data took another path'));
    }
  }
}
