import { sha256 } from '../../protocol/digest.ts';
import { integer, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type {
  CorrectionRequested,
  CorrectionTx,
  RequestState,
  Untold,
} from '../core/corrections/ports.ts';

/** Corrections on their way (番号法31条), and what persons have asked for. */
export function correctionTables({ one, many, write }: Statements): CorrectionTx {
  const addUntold = write('INSERT OR IGNORE INTO corrections_untold VALUES (?, ?, ?, ?)');
  const dropUntold = write('DELETE FROM corrections_untold WHERE digest = ?');
  const addRequest = write('INSERT INTO correction_requests VALUES (?, ?, ?, ?, ?, ?, ?)');
  const moveRequest = write('UPDATE correction_requests SET state = ? WHERE id = ?');
  return {
    untold: many('SELECT * FROM corrections_untold ORDER BY rowid', untoldOf),
    correctionRequest: one('SELECT * FROM correction_requests WHERE id = ?', requestOf),
    correctionRequestsOf: many(
      'SELECT * FROM correction_requests WHERE exchange = ? ORDER BY rowid',
      requestOf,
    ),
    unsentRequests: many(
      `SELECT * FROM correction_requests WHERE state = 'sent' ORDER BY rowid`,
      requestOf,
    ),
    addUntold({ exchange, agency, correction }) {
      addUntold(sha256(correction), exchange, agency, correction);
    },
    dropUntold({ correction }) {
      dropUntold(sha256(correction));
    },
    addCorrectionRequest({ id, exchange, agency, corrects, facts, state, askedAt }) {
      addRequest(id, exchange, agency, corrects, JSON.stringify(facts), state, askedAt);
    },
    moveCorrectionRequest(id, state) {
      moveRequest(state, id);
    },
  };
}

const untoldOf = (row: Row): Untold => ({
  exchange: text(row, 'exchange'),
  agency: text(row, 'agency'),
  correction: text(row, 'correction'),
});

const requestOf = (row: Row): CorrectionRequested => ({
  id: text(row, 'id'),
  exchange: text(row, 'exchange'),
  agency: text(row, 'agency'),
  corrects: text(row, 'corrects'),
  facts: JSON.parse(text(row, 'facts')),
  state: text(row, 'state') as RequestState,
  askedAt: integer(row, 'asked_at'),
});
