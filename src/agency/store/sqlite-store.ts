import type { Clock } from '../../service/ports.ts';
import { type GroupCommit, groupCommit } from '../../service/sqlite/group-commit.ts';
import { LogStore } from '../../service/sqlite/log-store.ts';
import { openDatabase } from '../../service/sqlite/open-database.ts';
import type { LogSigner } from '../../service/sqlite/record-log.ts';
import { RetentionTable } from '../../service/sqlite/retention-table.ts';
import type { AgencyStore, AgencyTx } from '../core/ports.ts';
import { hangingOnRecords } from './hanging-on-records.ts';
import { migrations } from './migrations/migrations.ts';
import { agencyTx } from './transaction.ts';

export interface OpenAgencyStore extends AgencyStore {
  readonly commits: GroupCommit<AgencyTx>;
  readonly log: LogStore;
  readonly retention: RetentionTable;
}

/** One agency’s storage in a SQLite file of its own, or in memory with the same SQL. */
export function openAgencyStore(options: {
  readonly path: string;
  readonly contents?: Uint8Array | undefined;
  readonly clock?: Clock;
  readonly maxPages?: number;
  /** Without it records are kept, and no log. */
  readonly log?: { readonly signer: LogSigner } | undefined;
}): OpenAgencyStore {
  const db = openDatabase({ ...options, migrations });
  const log = new LogStore(db, options.log?.signer);
  const commits = groupCommit(db, (own) => agencyTx(own, log.records), log);
  return {
    commits,
    log,
    retention: new RetentionTable(db, log.records, hangingOnRecords),
    read: commits.read((tx) => tx),
    transact: commits.transact,
  };
}
