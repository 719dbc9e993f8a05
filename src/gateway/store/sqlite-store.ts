import type { Clock } from '../../service/ports.ts';
import { type GroupCommit, groupCommit } from '../../service/sqlite/group-commit.ts';
import { openDatabase } from '../../service/sqlite/open-database.ts';
import type { GatewayStore, GatewayTx } from '../core/ports.ts';
import { migrations } from './migrations.ts';
import { gatewayTx } from './transaction.ts';

export interface OpenGatewayStore extends GatewayStore {
  readonly commits: GroupCommit<GatewayTx>;
}

/** The gateway’s storage in one SQLite file, or in memory (`:memory:`) with the same SQL. */
export function openGatewayStore(options: {
  readonly path: string;
  readonly contents?: Uint8Array | undefined;
  readonly clock?: Clock;
  readonly maxPages?: number;
}): OpenGatewayStore {
  const commits = groupCommit(openDatabase({ ...options, migrations }), gatewayTx);
  return {
    commits,
    read: commits.read((tx) => tx),
    transact: commits.transact,
  };
}
