import { flag, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { CorrectionState, CorrectionTx, OwnCorrection } from '../core/corrections/ports.ts';

/** Corrections of this agency’s own records, asked for, proposed and decided on. */
export function correctionTable({ one, many, write }: Statements): CorrectionTx {
  const put = write(
    `INSERT OR REPLACE INTO corrections (id, exchange, state, about, corrects, facts, request, proposed_by,
       decided_by, created_at, decided_at, message, told)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const correction = one('SELECT * FROM corrections WHERE id = ?', correctionOf);
  const store = (it: OwnCorrection) => {
    const about = JSON.stringify({
      inquirer: it.inquirer,
      provider: it.provider,
      affair: it.affair,
    });
    const { request = null, proposedBy = null, decidedBy = null } = it;
    const { createdAt, decidedAt = null, message = null, told } = it;
    put(
      ...[it.id, it.exchange, it.state, about, it.corrects, JSON.stringify(it.facts)],
      ...[request, proposedBy, decidedBy, createdAt, decidedAt, message, told ? 1 : 0],
    );
  };
  return {
    correction,
    correctionByRequest: one('SELECT * FROM corrections WHERE request = ?', correctionOf),
    corrections: many('SELECT * FROM corrections ORDER BY created_at, id', correctionOf),
    untoldCorrections: many(
      'SELECT * FROM corrections WHERE message IS NOT NULL AND NOT told ORDER BY decided_at, id',
      correctionOf,
    ),
    addCorrection: store,
    changeCorrection(id, change) {
      const found = correction(id);
      if (found) store({ ...found, ...change });
    },
  };
}

const correctionOf = (row: Row): OwnCorrection => ({
  ...JSON.parse(text(row, 'about')),
  id: text(row, 'id'),
  exchange: text(row, 'exchange'),
  state: text(row, 'state') as CorrectionState,
  corrects: text(row, 'corrects'),
  facts: JSON.parse(text(row, 'facts')),
  request: nullable(row, 'request', text),
  proposedBy: nullable(row, 'proposed_by', text),
  decidedBy: nullable(row, 'decided_by', text),
  createdAt: integer(row, 'created_at'),
  decidedAt: nullable(row, 'decided_at', integer),
  message: nullable(row, 'message', text),
  told: flag(row, 'told'),
});
