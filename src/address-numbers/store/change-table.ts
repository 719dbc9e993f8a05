import { RenkeiError } from '../../protocol/errors.ts';
import { bytes, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { Change, ChangeState, ChangeTx, ChangeUpdate } from '../core/changes/ports.ts';
import type { RowSealer } from './sealed.ts';

/** Merges and splits. A plan is sealed: it names the other person’s basic items. */
export function changeTable({ one, many, write }: Statements, sealer: RowSealer): ChangeTx {
  const read = (row: Row) => changeOf(row, sealer);
  const change = one('SELECT * FROM changes WHERE id = ?', read);
  const inStates = many(
    `SELECT * FROM changes WHERE state IN (SELECT value FROM json_each(?))
     ORDER BY proposed_at, id`,
    read,
  );
  const add = write(
    'INSERT INTO changes (id, plan, state, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?)',
  );
  const update = write(
    `UPDATE changes SET state = ?, decided_by = ?, decided_at = ?, done_at = ?, conflict = ?
     WHERE id = ?`,
  );
  const columnsOf = (it: ChangeUpdate & Pick<Change, 'state'>) => [
    it.state,
    it.decidedBy ?? null,
    it.decidedAt ?? null,
    it.doneAt ?? null,
    it.conflict === undefined ? null : JSON.stringify(it.conflict),
  ];
  return {
    change,
    changes: (states) => inStates(JSON.stringify(states)),
    addChange({ id, plan, state, proposedBy, proposedAt }) {
      add(id, sealer.sealPlan(id, plan), state, proposedBy, proposedAt);
    },
    updateChange(id, to) {
      const found = change(id);
      if (!found) throw new RenkeiError('not_found');
      update(...columnsOf({ ...found, ...to }), id);
    },
  };
}

function changeOf(row: Row, sealer: RowSealer): Change {
  const id = text(row, 'id');
  const conflict = nullable(row, 'conflict', text);
  return {
    id,
    plan: sealer.openPlan(id, bytes(row, 'plan')),
    state: text(row, 'state') as ChangeState,
    proposedBy: text(row, 'proposed_by'),
    proposedAt: integer(row, 'proposed_at'),
    decidedBy: nullable(row, 'decided_by', text),
    decidedAt: nullable(row, 'decided_at', integer),
    doneAt: nullable(row, 'done_at', integer),
    conflict: conflict === undefined ? undefined : JSON.parse(conflict),
  };
}
