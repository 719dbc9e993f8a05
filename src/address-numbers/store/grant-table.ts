import { integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { Grant, GrantTx } from '../core/authority/ports.ts';

/** Who may do what for which affairs. A grant is withdrawn, never deleted. */
export function grantTable({ one, many, write }: Statements): GrantTx {
  const add = write(
    `INSERT INTO grants (id, kind, caller, department, affairs, rights, given_by, given_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const withdraw = write(
    'UPDATE grants SET withdrawn_by = ?, withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL',
  );
  return {
    grant: one('SELECT * FROM grants WHERE id = ?', grantOf),
    grantsOf: many(
      'SELECT * FROM grants WHERE kind = ? AND caller = ? AND withdrawn_at IS NULL ORDER BY given_at, id',
      grantOf,
    ),
    grants: many('SELECT * FROM grants ORDER BY given_at, id', grantOf),
    addGrant: ({ id, kind, caller, department, affairs, rights, givenBy, givenAt }) =>
      add(
        ...[id, kind, caller, department, JSON.stringify(affairs), JSON.stringify(rights)],
        ...[givenBy, givenAt],
      ) === 1,
    withdrawGrant(id, by, at) {
      withdraw(by, at, id);
    },
  };
}

const grantOf = (row: Row): Grant => ({
  id: text(row, 'id'),
  kind: text(row, 'kind') as Grant['kind'],
  caller: text(row, 'caller'),
  department: text(row, 'department'),
  affairs: JSON.parse(text(row, 'affairs')),
  rights: JSON.parse(text(row, 'rights')),
  givenBy: text(row, 'given_by'),
  givenAt: integer(row, 'given_at'),
  withdrawnBy: nullable(row, 'withdrawn_by', text),
  withdrawnAt: nullable(row, 'withdrawn_at', integer),
});
