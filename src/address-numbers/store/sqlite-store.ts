import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../service/ports.ts';
import { type GroupCommit, groupCommit } from '../../service/sqlite/group-commit.ts';
import { openDatabase } from '../../service/sqlite/open-database.ts';
import { statements } from '../../service/sqlite/statements.ts';
import type { AddressNumberStore, AddressNumberTx } from '../core/ports.ts';
import { accessLogTable } from './access-log-table.ts';
import { changeTable } from './change-table.ts';
import { grantTable } from './grant-table.ts';
import { migrations } from './migrations/migrations.ts';
import { personTable } from './person-table.ts';
import { type AtRest, rowSealer } from './sealed.ts';

export interface OpenAddressNumberStore extends AddressNumberStore {
  readonly commits: GroupCommit<AddressNumberTx>;
}

/** One agency’s persons in a SQLite file apart from its node’s, or in memory. */
export function openAddressNumberStore(options: {
  readonly path: string;
  readonly contents?: Uint8Array | undefined;
  readonly clock?: Clock;
  readonly maxPages?: number;
  readonly atRest: AtRest;
}): OpenAddressNumberStore {
  const { atRest, ...file } = options;
  const sealer = rowSealer(atRest);
  const db = openDatabase({
    ...file,
    migrations,
    functions: {
      seal_number: (person, number) => sealer.sealNumber(String(person), String(number)),
      digest_number: (number) => sealer.digestOf(String(number)),
    },
  });
  const makeTx = (database: DatabaseSync): AddressNumberTx => {
    const sql = statements(database);
    return {
      ...personTable(sql, sealer),
      ...grantTable(sql),
      ...changeTable(sql, sealer),
      ...accessLogTable(sql, atRest.logKey),
    };
  };
  const commits = groupCommit(db, makeTx);
  return { commits, read: commits.read((tx) => tx), transact: commits.transact };
}
