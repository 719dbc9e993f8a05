import type { DatabaseSync } from 'node:sqlite';
import type { BatchHooks } from './batch-hooks.ts';
import { PEERS_SQL, PeerTable } from './peer-table.ts';
import { type Keep, type LogSigner, RecordLog } from './record-log.ts';
import { DROP_TRIGGERS, RECORD_LOG_SQL, TRIGGERS } from './record-table.ts';

/** For the migrations of a party that keeps records. */
export const LOG_SQL = `${RECORD_LOG_SQL}${PEERS_SQL}`;

/** A party's log and what it keeps of the others', which share its commits. */
export class LogStore implements BatchHooks {
  readonly records: RecordLog;
  readonly peers: PeerTable;

  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync, signer?: LogSigner, keep?: Keep) {
    this.#db = db;
    this.records = new RecordLog(db, signer, keep);
    this.peers = new PeerTable(db);
  }

  /** For simulation (see `forgeLog`): changes the records as if no law of this house were in force. */
  behindItsBack(work: (db: DatabaseSync, records: RecordLog) => void): void {
    this.#db.exec(`BEGIN IMMEDIATE; ${DROP_TRIGGERS}`);
    try {
      work(this.#db, this.records);
      this.#db.exec(TRIGGERS);
      this.records.beforeCommit();
      this.#db.exec('COMMIT');
      this.records.committed();
    } catch (error) {
      this.#db.exec('ROLLBACK');
      this.records.reread();
      throw error;
    }
  }

  workBegins(): void {
    this.records.workBegins();
  }
  workUndone(): void {
    this.records.workUndone();
  }
  beforeCommit(): void {
    this.records.beforeCommit();
    if (this.peers.dirty) this.peers.flush();
  }
  committed(): void {
    this.records.committed();
    this.peers.flushed();
  }
  abandoned(): void {
    this.records.abandoned();
  }
  get dirty(): boolean {
    return this.peers.dirty;
  }
}
