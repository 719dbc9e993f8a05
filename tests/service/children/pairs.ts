import { groupCommit } from '../../../src/service/sqlite/group-commit.ts';
import { openDatabase } from '../../../src/service/sqlite/open-database.ts';
import { statements } from '../../../src/service/sqlite/statements.ts';

// A work writes two rows; half a work would be one row.
const migrations = [
  {
    version: 1,
    name: 'pairs',
    sql: 'CREATE TABLE pair (id TEXT, half INTEGER, PRIMARY KEY (id, half)) STRICT',
  },
];

/** A database whose works are pairs of rows, for the kill test. */
export function openPairs(path: string) {
  const db = openDatabase({ path, migrations });
  const commit = groupCommit(db, (own) => {
    const insert = statements(own).write('INSERT INTO pair VALUES (?, ?)');
    const halves = statements(own).many('SELECT id, half FROM pair', (row) => `${row.id}`);
    return {
      add: (id: string) => {
        insert(id, 1);
        insert(id, 2);
      },
      ids: () => halves(),
    };
  });
  return commit;
}
