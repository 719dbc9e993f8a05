import type { DatabaseSync } from 'node:sqlite';
import { RenkeiError } from '../../protocol/errors.ts';
import type { Clock } from '../../service/ports.ts';
import { text } from '../../service/sqlite/columns.ts';
import { type GroupCommit, groupCommit } from '../../service/sqlite/group-commit.ts';
import type { Migration } from '../../service/sqlite/migrate.ts';
import { openDatabase } from '../../service/sqlite/open-database.ts';
import { statements } from '../../service/sqlite/statements.ts';
import type { AddressNumberStore, AddressNumberTx } from '../core/ports.ts';

const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'ties',
    sql: `CREATE TABLE ties (
      integrated TEXT PRIMARY KEY, individual TEXT NOT NULL UNIQUE
    ) STRICT, WITHOUT ROWID;`,
  },
];

export interface OpenAddressNumberStore extends AddressNumberStore {
  readonly commits: GroupCommit<AddressNumberTx>;
}

/** One agency’s ties in a SQLite file apart from its node’s, or in memory. */
export function openAddressNumberStore(options: {
  readonly path: string;
  readonly contents?: Uint8Array | undefined;
  readonly clock?: Clock;
}): OpenAddressNumberStore {
  const commits = groupCommit(openDatabase({ ...options, migrations }), addressNumberTx);
  return { commits, read: commits.read((tx) => tx), transact: commits.transact };
}

function addressNumberTx(db: DatabaseSync): AddressNumberTx {
  const { one, write } = statements(db);
  const tie = write('INSERT INTO ties VALUES (?, ?) ON CONFLICT DO NOTHING');
  const individualNumberOf = one('SELECT individual FROM ties WHERE integrated = ?', (row) =>
    text(row, 'individual'),
  );
  return {
    individualNumberOf,
    tie({ integratedAddressNumber, individualNumber }) {
      const added = tie(integratedAddressNumber, individualNumber) === 1;
      if (!added && individualNumberOf(integratedAddressNumber) !== individualNumber) {
        throw new RenkeiError('state_conflict');
      }
    },
  };
}
