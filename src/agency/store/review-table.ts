import { bytes, flag, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type {
  Review,
  ReviewKind,
  ReviewReason,
  ReviewState,
  ReviewTx,
} from '../core/reviews/ports.ts';

const IS_PENDING = `state IN ('waiting', 'entered', 'reviewed', 'returned')`;

/** Requests that people decide on. */
export function reviewTable({ one, many, write }: Statements): ReviewTx {
  const review = one('SELECT * FROM reviews WHERE exchange = ?', reviewOf);
  const put = write(
    `INSERT OR REPLACE INTO reviews (exchange, person, kind, state, restricted, created_at, due_at, entered,
       entered_by, reviewer, seen, approver, decided_at, returned_by, reason, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const inStates = many(
    'SELECT * FROM reviews WHERE state IN (SELECT value FROM json_each(?)) ORDER BY due_at, created_at, exchange',
    reviewOf,
  );
  const counts = one(
    `SELECT count(*) AS pending, count(*) FILTER (WHERE due_at < ?) AS overdue FROM reviews WHERE ${IS_PENDING}`,
    (row) => ({ pending: integer(row, 'pending'), overdue: integer(row, 'overdue') }),
  );
  const store = (it: Review) => {
    const { exchange, integratedAddressNumber, kind, state, restricted } = it;
    const begun = [it.createdAt, it.dueAt];
    const done = [it.entered, it.enteredBy, it.reviewer, it.seen, it.approver, it.decidedAt];
    const words = [it.returnedBy, it.reason, it.note];
    const rest = [...done, ...words].map((value) => value ?? null);
    put(exchange, integratedAddressNumber, kind, state, restricted ? 1 : 0, ...begun, ...rest);
  };
  return {
    review,
    reviews: (states) => inStates(JSON.stringify(states)),
    reviewCounts: (now) => counts(now) ?? { pending: 0, overdue: 0 },
    addReview: store,
    changeReview(exchange, change) {
      const found = review(exchange);
      if (found) store({ ...found, ...change });
    },
  };
}

const reviewOf = (row: Row): Review => ({
  exchange: text(row, 'exchange'),
  integratedAddressNumber: text(row, 'person'),
  kind: text(row, 'kind') as ReviewKind,
  state: text(row, 'state') as ReviewState,
  restricted: flag(row, 'restricted'),
  createdAt: integer(row, 'created_at'),
  dueAt: integer(row, 'due_at'),
  entered: nullable(row, 'entered', bytes),
  enteredBy: nullable(row, 'entered_by', text),
  reviewer: nullable(row, 'reviewer', text),
  seen: nullable(row, 'seen', text),
  approver: nullable(row, 'approver', text),
  decidedAt: nullable(row, 'decided_at', integer),
  returnedBy: nullable(row, 'returned_by', text),
  reason: nullable(row, 'reason', text) as ReviewReason | undefined,
  note: nullable(row, 'note', bytes),
});
