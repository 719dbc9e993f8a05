import type { Clock } from '../../service/ports.ts';
import { type GroupCommit, groupCommit } from '../../service/sqlite/group-commit.ts';
import { LogStore } from '../../service/sqlite/log-store.ts';
import { openDatabase } from '../../service/sqlite/open-database.ts';
import type { LogSigner } from '../../service/sqlite/record-log.ts';
import { RetentionTable } from '../../service/sqlite/retention-table.ts';
import type { GatewayStore, GatewayTx } from '../core/ports.ts';
import { type Blind, blinded } from './blinded.ts';
import { hangingOnRecords } from './hanging-on-records.ts';
import { migrations } from './migrations.ts';
import { gatewayTx } from './transaction.ts';

export interface OpenGatewayStore extends GatewayStore {
  readonly commits: GroupCommit<GatewayTx>;
  readonly log: LogStore;
  readonly retention: RetentionTable;
}

/** The gateway’s storage in one SQLite file, or in memory (`:memory:`) with the same SQL. */
export function openGatewayStore(options: {
  readonly path: string;
  readonly contents?: Uint8Array | undefined;
  readonly clock?: Clock;
  readonly maxPages?: number;
  /** Without it records are kept, and no log. */
  readonly log?: { readonly signer: LogSigner; readonly blind: Blind } | undefined;
}): OpenGatewayStore {
  const db = openDatabase({ ...options, migrations });
  const log = new LogStore(db, options.log?.signer, blinded(options.log?.blind));
  const commits = groupCommit(db, (own) => gatewayTx(own, log.records), log);
  return {
    commits,
    log,
    retention: new RetentionTable(db, log.records, hangingOnRecords),
    read: commits.read((tx) => tx),
    transact: commits.transact,
  };
}
