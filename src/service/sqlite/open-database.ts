import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../clock.ts';
import type { Clock } from '../ports.ts';
import { type Migration, migrate, type SqlFunctions, withFunctions } from './migrate.ts';
import { makeDatabaseFile, newDatabase } from './new-database.ts';
import { isSqliteError, SQLITE_BUSY } from './sqlite-errors.ts';

/** Another process (or this one) has the same data open. One process owns one file. */
export class StorageBusy extends Error {
  override readonly name = 'StorageBusy';
  readonly code = 'storage_busy';
  readonly path: string;
  readonly ja: string;
  readonly en: string;
  readonly hint = {
    ja: '同じデータを使う renkei を終了するか、別のデータフォルダーを指定してください',
    en: 'Stop the renkei that uses this data, or choose another data folder',
  };

  constructor(path: string, options?: ErrorOptions) {
    super(`the data is in use by another process: ${path}`, options);
    this.path = path;
    this.ja = `データは別のプロセスが使用中です: ${path}`;
    this.en = `The data is in use by another process: ${path}`;
  }
}

export interface DatabaseOptions {
  /** A file (made with its folder, readable by its owner only) or `:memory:`. */
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** Functions that the migrations call: what SQL alone cannot do, such as sealing. The same for the same values. */
  readonly functions?: SqlFunctions;
  /** What a database in memory begins with, as `serialized` gave it. */
  readonly contents?: Uint8Array | undefined;
  readonly clock?: Clock;
  /** How long to wait, blocking, for the previous owner to let go. Milliseconds. */
  readonly busyTimeoutMs?: number;
  /** Upper bound of the file in pages of 4,096 bytes; a test's full disk. */
  readonly maxPages?: number;
}

/**
 * Opens a party's storage and brings it up to date. Durable when a commit returns (WAL with
 * synchronous=FULL), deleted content is overwritten (secure_delete), and the file belongs to this
 * process until it closes or dies: locking_mode=EXCLUSIVE, taken at once, which also spares the
 * shared-memory index.
 *
 * Throws StorageBusy when the data is in use, StorageTooNew or MigrationFailed from the migrations.
 */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  const { path, migrations, functions = {}, clock = systemClock, busyTimeoutMs = 200 } = options;
  const inMemory = path === ':memory:';
  const fresh = () => newDatabase(migrations, functions, clock);
  if (!inMemory) makeDatabaseFile(path, fresh);
  const db = new DatabaseSync(path, {
    timeout: busyTimeoutMs,
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: false,
    allowExtension: false,
    defensive: true,
  });
  try {
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;');
    if (!inMemory) own(db);
    else db.deserialize(options.contents ?? fresh());
    db.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
    withFunctions(db, functions);
    migrate(db, migrations, clock);
    if (options.maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    return db;
  } catch (error) {
    db.close();
    throw isSqliteError(error, SQLITE_BUSY) ? new StorageBusy(path, { cause: error }) : error;
  }
}

/**
 * A whole database as bytes, the same for the same content: what the header tells of the file's past is left out
 * (https://sqlite.org/fileformat.html §1.3). They ask for no write-ahead log (§1.3.3), which memory has not;
 * a file gets it back when it is opened.
 */
export function serialized(db: DatabaseSync): Uint8Array {
  const bytes = db.serialize();
  bytes[18] = 1;
  bytes[19] = 1;
  const header = new DataView(bytes.buffer, bytes.byteOffset, 100);
  // The change counter, and the change at which the header was valid: they must be equal.
  header.setUint32(24, 1);
  header.setUint32(92, 1);
  // Which SQLite has written last: none, where nobody has since it was made.
  header.setUint32(96, 0);
  return bytes;
}

/** Takes the file for this process. The order matters: exclusive before WAL means no shared memory. */
function own(db: DatabaseSync): void {
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  const mode = db.prepare('PRAGMA journal_mode = WAL').get();
  if (mode?.journal_mode !== 'wal') throw new Error('the file system does not support WAL');
  db.exec(`PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 16777216;
    BEGIN IMMEDIATE; COMMIT;`);
}
