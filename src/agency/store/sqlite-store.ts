import type { Clock } from '../../service/ports.ts';
import { type GroupCommit, groupCommit } from '../../service/sqlite/group-commit.ts';
import { openDatabase } from '../../service/sqlite/open-database.ts';
import type { AgencyStore, AgencyTx } from '../core/ports.ts';
import { migrations } from './migrations.ts';
import { agencyTx } from './transaction.ts';

export interface OpenAgencyStore extends AgencyStore {
  readonly commits: GroupCommit<AgencyTx>;
}

/** One agency’s storage in a SQLite file of its own, or in memory with the same SQL. */
export function openAgencyStore(options: {
  readonly path: string;
  readonly contents?: Uint8Array | undefined;
  readonly clock?: Clock;
  readonly maxPages?: number;
}): OpenAgencyStore {
  const commits = groupCommit(openDatabase({ ...options, migrations }), agencyTx);
  return {
    commits,
    read: commits.read((tx) => tx),
    transact: commits.transact,
  };
}
