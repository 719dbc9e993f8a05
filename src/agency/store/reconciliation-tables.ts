import { integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type {
  Difference,
  DifferenceKind,
  ReconcileTx,
  Reconciliation,
} from '../core/copies/reconcile/ports.ts';

/** The values of an indexed column, from each to the next: few among many rows. */
const distinct = (column: string, table: string): string =>
  `WITH RECURSIVE found (it) AS (
     SELECT min(${column}) FROM ${table}
     UNION ALL
     SELECT (SELECT min(${column}) FROM ${table} WHERE ${column} > it) FROM found WHERE it IS NOT NULL
   ) SELECT it FROM found WHERE it IS NOT NULL`;

/** Reconciliations of copies with their originals. */
export function reconciliationTables({ one, many, write }: Statements): ReconcileTx {
  const it = (row: Row) => text(row, 'it');
  const held = many(distinct('information', 'copies'), it);
  const reconciled = many(distinct('information', 'copy_reconciliations'), it);
  const lists = many(distinct('reconciliation', 'copy_differences'), it);
  const ofAll = many(
    'SELECT * FROM copy_reconciliations ORDER BY seq DESC LIMIT ?',
    reconciliationOf,
  );
  const ofKind = many(
    'SELECT * FROM copy_reconciliations WHERE information = ? ORDER BY seq DESC LIMIT ?',
    reconciliationOf,
  );
  const add = write('INSERT INTO copy_reconciliations (id, information, about) VALUES (?, ?, ?)');
  const addDifference = write('INSERT INTO copy_differences VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const drop = write(
    `DELETE FROM copy_differences WHERE reconciliation = :id AND place IN
       (SELECT place FROM copy_differences WHERE reconciliation = :id LIMIT :most)`,
  );
  return {
    reconciliation: one('SELECT * FROM copy_reconciliations WHERE id = ?', reconciliationOf),
    reconciliations: (information, limit) =>
      information === undefined ? ofAll(limit) : ofKind(information, limit),
    lastReconciliation: (information) => ofKind(information, 1)[0],
    differences: many(
      'SELECT * FROM copy_differences WHERE reconciliation = ? AND place > ? ORDER BY place LIMIT ?',
      (row) => ({ place: integer(row, 'place'), difference: differenceOf(row) }),
    ),
    kindsHeld: () => [...new Set([...held(), ...reconciled()])].sort(),
    addDifferences(id, from, differences) {
      for (const [at, { kind, person, line, row, items, problem }] of differences.entries()) {
        const place = [person ?? null, line ?? null, row ?? null];
        addDifference(id, from + at, kind, ...place, JSON.stringify(items), problem ?? null);
      }
    },
    addReconciliation({ id, information, ...about }) {
      add(id, information, JSON.stringify(about));
    },
    dropDifferences(but, most) {
      const id = lists().find((list) => !but.includes(list));
      return id === undefined ? 0 : drop({ id, most });
    },
  };
}

const reconciliationOf = (row: Row): Reconciliation => ({
  ...JSON.parse(text(row, 'about')),
  id: text(row, 'id'),
  information: text(row, 'information'),
});

const differenceOf = (row: Row): Difference => ({
  kind: text(row, 'kind') as DifferenceKind,
  person: nullable(row, 'person', text),
  line: nullable(row, 'line', integer),
  row: nullable(row, 'row', integer),
  items: JSON.parse(text(row, 'items')),
  problem: nullable(row, 'problem', text),
});
