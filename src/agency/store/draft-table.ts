import { RenkeiError } from '../../protocol/errors.ts';
import { integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { Draft, DraftState, DraftTx, Proposal } from '../core/copies/draft.ts';

const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000;

/** Copies entered by hand, until they are decided on and after. */
export function draftTable({ one, many, write }: Statements) {
  const draft = one('SELECT * FROM copy_drafts WHERE id = ?', draftOf);
  const inStates = many(
    `SELECT *, NULL AS proposal FROM copy_drafts
     WHERE seq > coalesce((SELECT seq FROM copy_drafts WHERE id = ?), 0)
       AND state IN (SELECT value FROM json_each(?))
     ORDER BY seq LIMIT ?`,
    draftOf,
  );
  const add = write(
    `INSERT INTO copy_drafts (id, person, information, published, change, proposal, entered_by,
       entered_at, state, checked_by, checked_at, seen, decided_by, decided_at, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = write(
    `UPDATE copy_drafts SET state = ?, checked_by = ?, checked_at = ?, seen = ?, decided_by = ?,
       decided_at = ?, reason = ? WHERE id = ?`,
  );
  const erase = write(
    'UPDATE copy_drafts SET proposal = NULL WHERE proposal IS NOT NULL AND decided_at < ?',
  );
  const drafts: DraftTx = {
    draft,
    drafts: (states, after, limit) => inStates(after ?? null, JSON.stringify(states), limit),
    addDraft(it) {
      const { integratedAddressNumber, information, published } = it.key;
      const proposal = JSON.stringify(it.proposal);
      const key = [integratedAddressNumber, information, published, it.change, proposal];
      add(it.id, ...key, it.enteredBy, it.enteredAt, ...progressOf(it));
    },
    changeDraft(id, to) {
      const found = draft(id);
      if (!found) throw new RenkeiError('not_found');
      change(...progressOf({ ...found, ...to }), id);
    },
  };
  /** What was decided on 30 days ago is no longer held twice; who, when and its digest stay. */
  const sweepDrafts = (now: number) => erase(now - THIRTY_DAYS);
  return { ...drafts, sweepDrafts };
}

const progressOf = (it: Draft) => [
  it.state,
  it.checkedBy ?? null,
  it.checkedAt ?? null,
  it.seen ?? null,
  it.decidedBy ?? null,
  it.decidedAt ?? null,
  it.reason ?? null,
];

function draftOf(row: Row): Draft {
  const proposal = nullable(row, 'proposal', text);
  return {
    id: text(row, 'id'),
    key: {
      integratedAddressNumber: text(row, 'person'),
      information: text(row, 'information'),
      published: text(row, 'published'),
    },
    change: text(row, 'change') as Proposal['change'],
    proposal: proposal === undefined ? undefined : JSON.parse(proposal),
    state: text(row, 'state') as DraftState,
    enteredBy: text(row, 'entered_by'),
    enteredAt: integer(row, 'entered_at'),
    checkedBy: nullable(row, 'checked_by', text),
    checkedAt: nullable(row, 'checked_at', integer),
    seen: nullable(row, 'seen', text),
    decidedBy: nullable(row, 'decided_by', text),
    decidedAt: nullable(row, 'decided_at', integer),
    reason: nullable(row, 'reason', text),
  };
}
