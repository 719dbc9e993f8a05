import { integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type {
  Batch,
  BatchCount,
  BatchRow,
  BatchState,
  BatchTx,
  RowState,
} from '../core/batches/ports.ts';
import type { Asker } from '../core/principal.ts';

const ACCEPTED = "state <> 'checking'";
const NEWEST = 'ORDER BY created_at DESC, id LIMIT';

/** Batches of inquiries and their rows. Rows follow their inquiries by triggers (migrations/batches). */
export function batchTables({ one, many, write }: Statements): BatchTx {
  const batch = one('SELECT * FROM batches WHERE id = ?', batchOf);
  const add = write('INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const change = write(
    `UPDATE batches SET digest = ?, state = ?, row_count = ?, affairs = ?, ended_at = ?, approver = ?, code = ? WHERE id = ?`,
  );
  const ofAsker = many(
    `SELECT * FROM batches WHERE by_kind = ? AND by_id = ? AND ${ACCEPTED} ${NEWEST} ?`,
    batchOf,
  );
  const ofKind = many(
    `SELECT * FROM batches WHERE by_kind = ? AND ${ACCEPTED} ${NEWEST} ?`,
    batchOf,
  );
  const inStates = many(
    'SELECT * FROM batches WHERE state IN (SELECT value FROM json_each(?)) ORDER BY created_at, id',
    batchOf,
  );
  const ofFile = one(
    `SELECT * FROM batches WHERE by_kind = ? AND by_id = ? AND digest = ? AND ${ACCEPTED} ${NEWEST} 1`,
    batchOf,
  );
  const rows = many(
    'SELECT * FROM batch_rows WHERE batch = ? AND row > ? ORDER BY row LIMIT ?',
    rowOf,
  );
  const rowsIn = many(
    `SELECT * FROM batch_rows WHERE batch = ? AND row > ?
       AND state IN (SELECT value FROM json_each(?)) ORDER BY row LIMIT ?`,
    rowOf,
  );
  const addRow = write(
    'INSERT INTO batch_rows (batch, row, line, inquiry, ask) VALUES (?, ?, ?, ?, ?) ON CONFLICT (inquiry) DO NOTHING',
  );
  const failRow = write(
    "UPDATE batch_rows SET state = 'failed', code = ? WHERE batch = ? AND row = ?",
  );
  const retryRows = write(
    "UPDATE batch_rows SET state = 'waiting', code = NULL WHERE batch = ? AND state = 'failed'",
  );
  const dropRows = write(
    'DELETE FROM batch_rows WHERE batch = ?1 AND row IN (SELECT row FROM batch_rows WHERE batch = ?1 LIMIT ?2)',
  );
  const drop = write('DELETE FROM batches WHERE id = ?');
  return {
    batch,
    batchesOf: (kind, id, limit) =>
      id === undefined ? ofKind(kind, limit) : ofAsker(kind, id, limit),
    batchesIn: (states) => inStates(JSON.stringify(states)),
    batchOfFile: (by, digest) => ofFile(by.kind, by.id, digest),
    batchRows: (id, { after, limit, states }) =>
      states === undefined
        ? rows(id, after, limit)
        : rowsIn(id, after, JSON.stringify(states), limit),
    batchCounts: many(
      'SELECT state, code, count(*) AS n FROM batch_rows WHERE batch = ? GROUP BY state, code',
      countOf,
    ),
    lineOfInquiry: one('SELECT line FROM batch_rows WHERE inquiry = ?', (row) =>
      integer(row, 'line'),
    ),
    addBatch(it) {
      const ends = [it.endedAt ?? null, it.approver ?? null, it.code ?? null];
      const { id, by, digest, state, concurrency, createdAt } = it;
      add(
        id,
        by.kind,
        by.id,
        digest,
        state,
        it.rows,
        JSON.stringify(it.affairs),
        concurrency,
        createdAt,
        ...ends,
      );
    },
    changeBatch(id, to) {
      const found = batch(id);
      if (!found) return;
      const it = { ...found, ...to };
      const ends = [it.endedAt ?? null, it.approver ?? null, it.code ?? null];
      change(it.digest, it.state, it.rows, JSON.stringify(it.affairs), ...ends, id);
    },
    addBatchRow: (id, { row, line, inquiry, ask }) =>
      addRow(id, row, line, inquiry, JSON.stringify(ask)) === 1,
    failBatchRow(id, row, code) {
      failRow(code, id, row);
    },
    retryFailedRows(id) {
      retryRows(id);
    },
    dropBatch(id, limit) {
      if (dropRows(id, limit) >= limit) return false;
      drop(id);
      return true;
    },
  };
}

const batchOf = (row: Row): Batch => ({
  id: text(row, 'id'),
  by: { kind: text(row, 'by_kind') as Asker['kind'], id: text(row, 'by_id') },
  digest: text(row, 'digest'),
  state: text(row, 'state') as BatchState,
  rows: integer(row, 'row_count'),
  affairs: JSON.parse(text(row, 'affairs')),
  concurrency: integer(row, 'concurrency'),
  createdAt: integer(row, 'created_at'),
  endedAt: nullable(row, 'ended_at', integer),
  approver: nullable(row, 'approver', text),
  code: nullable(row, 'code', text),
});

const rowOf = (row: Row): BatchRow => ({
  row: integer(row, 'row'),
  line: integer(row, 'line'),
  inquiry: text(row, 'inquiry'),
  ask: JSON.parse(text(row, 'ask')),
  state: text(row, 'state') as RowState,
  code: nullable(row, 'code', text),
});

const countOf = (row: Row): BatchCount => ({
  state: text(row, 'state') as RowState,
  code: nullable(row, 'code', text),
  rows: integer(row, 'n'),
});
