import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../service/ports.ts';
import { integer, text } from '../../service/sqlite/columns.ts';
import { type GroupCommit, groupCommit } from '../../service/sqlite/group-commit.ts';
import type { Migration } from '../../service/sqlite/migrate.ts';
import { openDatabase } from '../../service/sqlite/open-database.ts';
import { type Row, statements } from '../../service/sqlite/statements.ts';
import type { CardStore, CardTx, LaterCard } from '../core/ports.ts';

/** First cards are given, like their holders; here is what became of them. Whose they are is not in it. */
const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'cards',
    sql: `
      CREATE TABLE later_cards (
        serial TEXT PRIMARY KEY, first TEXT NOT NULL, number INTEGER NOT NULL, UNIQUE (first, number)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE revoked_cards (serial TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    `,
  },
];

export interface OpenCardStore extends CardStore {
  readonly commits: GroupCommit<CardTx>;
}

/** The registry’s storage in one SQLite file, or in memory (`:memory:`) with the same SQL. */
export function openCardStore(options: {
  readonly path: string;
  readonly contents?: Uint8Array | undefined;
  readonly clock?: Clock;
}): OpenCardStore {
  const db = openDatabase({ ...options, migrations });
  const commits = groupCommit(db, cardTx);
  return { commits, read: commits.read((tx) => tx), transact: commits.transact };
}

function cardTx(db: DatabaseSync): CardTx {
  const { one, write } = statements(db);
  const addLater = write('INSERT INTO later_cards VALUES (?, ?, ?)');
  const revoke = write('INSERT OR IGNORE INTO revoked_cards VALUES (?, ?)');
  const revoked = one('SELECT at FROM revoked_cards WHERE serial = ?', (row) => integer(row, 'at'));
  return {
    laterCard: one('SELECT * FROM later_cards WHERE serial = ?', laterOf),
    lastCard: one('SELECT * FROM later_cards WHERE first = ? ORDER BY number DESC', laterOf),
    isRevoked: (serial) => revoked(serial) !== undefined,
    addLater({ serial, first, number }) {
      addLater(serial, first, number);
    },
    revoke(serial, at) {
      revoke(serial, at);
    },
  };
}

const laterOf = (row: Row): LaterCard => ({
  serial: text(row, 'serial'),
  first: text(row, 'first'),
  number: integer(row, 'number'),
});
