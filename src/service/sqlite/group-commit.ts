import type { DatabaseSync } from 'node:sqlite';
import type { Transact } from '../ports.ts';
import type { BatchHooks } from './batch-hooks.ts';
import { serialized } from './open-database.ts';
import { isSqliteError, SQLITE_FULL, storageFailure } from './sqlite-errors.ts';
import { TransactionFrame } from './transaction-frame.ts';
import { type AnyWork, Work } from './work.ts';

/** How many works share one commit at most, so that the first of a long queue need not wait for all. */
const MOST_WORKS_A_BATCH = 512;

export interface GroupCommit<Tx> {
  /** Queues a synchronous work; resolves with its result once it is on disk. */
  readonly transact: Transact<Tx>;
  /** Reads what is committed, at once. A write inside throws (see `statements`). */
  read<Result>(work: (tx: Tx) => Result): Result;
  /** Resolves when everything queued before is durable or rejected. */
  drain(): Promise<void>;
  /**
   * Drains, then empties the write-ahead log: what was erased is then nowhere in the files.
   * Throws storage_full or internal when it cannot.
   */
  checkpoint(): Promise<void>;
  /** Drains, then gives the whole database as bytes, as `openDatabase` takes them for its contents. */
  serialize(): Promise<Uint8Array>;
  /** Drains, checkpoints and closes the database. Works handed over afterwards are rejected. */
  close(): Promise<void>;
}

/** The storage was closed before the work was handed over. */
export class StorageClosed extends Error {
  override readonly name = 'StorageClosed';
  readonly code = 'storage_closed';
  constructor() {
    super('the storage is closed');
  }
}

/**
 * Lets concurrent callers share a commit, and with it the wait for the disk. Works run one after the
 * other, alone, each wholly or not at all: a work that throws takes back only itself and rejects only
 * its own promise. Promises settle after COMMIT. When BEGIN or COMMIT fails, or SQLite gives the
 * transaction up half-way, all of the batch are rejected with `storage_full` or `internal`, nothing
 * of it stays, and later batches are tried again.
 *
 * A batch is what was queued in one turn of the event loop (setImmediate, i.e. after the poll phase
 * in which the requests arrived). While a commit waits for the disk the next requests gather in their
 * sockets, so batches grow with the load and a lone caller waits for nobody. Measured with 32 HTTP
 * clients: a microtask or nextTick commits each work alone, setImmediate gathers 10 to 14, setTimeout(1)
 * about 20 with no clear gain, and a lone caller gets less than half as many commits a second.
 *
 * @param makeTx Called once; what it returns is handed to each work.
 * @param hooks Hear of the fate of works and batches; what they throw ends the batch.
 */
export function groupCommit<Tx>(
  db: DatabaseSync,
  makeTx: (db: DatabaseSync) => Tx,
  hooks?: BatchHooks,
): GroupCommit<Tx> {
  const tx = makeTx(db);
  const frame = new TransactionFrame(db);
  let queue: AnyWork<Tx>[] = [];
  let scheduled = false;
  let running = false;
  let closing: Promise<void> | undefined;

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };

  function flush(): void {
    scheduled = false;
    if (queue.length === 0) return;
    const batch = queue.length > MOST_WORKS_A_BATCH ? queue.splice(0, MOST_WORKS_A_BATCH) : queue;
    if (batch === queue) queue = [];
    else schedule();
    running = true;
    try {
      runBatch(batch);
    } finally {
      running = false;
    }
  }

  /** Runs one transaction; works behind one that ended it (a full disk) get a fresh transaction. */
  function runBatch(batch: readonly AnyWork<Tx>[]): void {
    let done = 0;
    try {
      frame.begin();
      for (const work of batch) {
        done += 1;
        runOne(work, batch.length === 1);
      }
      if (db.isTransaction) {
        hooks?.beforeCommit();
        frame.commit();
        hooks?.committed();
      } else hooks?.abandoned();
    } catch (error) {
      frame.abandon();
      hooks?.abandoned();
      const lost = storageFailure(error);
      // Nothing ran when BEGIN failed; then the whole batch is lost.
      for (const work of batch.slice(0, done || batch.length)) work.settle(lost);
      if (done > 0 && done < batch.length) runBatch(batch.slice(done));
      return;
    }
    for (const work of batch) work.settle();
  }

  function runOne(work: AnyWork<Tx>, alone: boolean): void {
    if (!alone) frame.savepoint();
    hooks?.workBegins();
    let failure: { readonly error: unknown } | undefined;
    try {
      work.run(tx);
    } catch (error) {
      failure = { error };
    }
    // SQLite itself may have rolled back everything: https://sqlite.org/lang_transaction.html §3
    if (!db.isTransaction) throw failure?.error ?? new Error('the transaction ended inside a work');
    if (failure === undefined) {
      if (!alone) frame.release();
      return;
    }
    hooks?.workUndone();
    work.fail(
      isSqliteError(failure.error, SQLITE_FULL) ? storageFailure(failure.error) : failure.error,
    );
    if (alone) frame.abandon();
    else frame.rollBackToSavepoint();
  }

  /** Synchronous: when it returns, everything queued is settled. */
  const flushAll = (): void => {
    while (queue.length > 0) flush();
  };

  const drain = async (): Promise<void> => {
    // From inside a work the batch has to end first.
    if (running) await new Promise<void>((resolve) => setImmediate(resolve));
    flushAll();
    if (hooks?.dirty) runBatch([]);
  };

  const emptyLog = (): void => {
    try {
      const row = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
      if (row?.busy === 1) throw new Error('the write-ahead log is in use');
    } catch (error) {
      throw storageFailure(error);
    }
  };

  const shut = async (): Promise<void> => {
    await drain();
    try {
      emptyLog();
    } catch {
      // On a full disk the log stays beside the file, and the next opening reads it.
    } finally {
      db.close();
    }
  };

  return {
    transact(work) {
      if (closing) return Promise.reject(new StorageClosed());
      const entry = new Work(work);
      queue.push(entry);
      schedule();
      return entry.promise;
    },
    read(work) {
      if (closing) throw new StorageClosed();
      return work(tx);
    },
    drain,
    async checkpoint() {
      await drain();
      if (closing) throw new StorageClosed();
      emptyLog();
    },
    async serialize() {
      await drain();
      if (closing) throw new StorageClosed();
      return serialized(db);
    },
    close() {
      closing ??= shut();
      return closing;
    },
  };
}
