import { flag, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx, Copy, Outgoing, Provision, Review, ReviewState } from '../core/ports.ts';

type Provisions = Pick<
  AgencyTx,
  | 'copy'
  | 'putCopy'
  | 'provision'
  | 'addProvision'
  | 'changeAnswer'
  | 'review'
  | 'reviews'
  | 'addReview'
  | 'changeReview'
  | 'outgoing'
  | 'addOutgoing'
  | 'dropOutgoing'
>;

const AN_HOUR = 3600;

/** Copies, what was answered from them, reviews, and answers on their way to the gateway. */
export function provisionTables({ one, many, write }: Statements) {
  const putCopy = write('INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?, ?, ?, ?)');
  const addProvision = write('INSERT INTO provisions VALUES (?, ?, ?, ?, ?, ?, ?)');
  const changeAnswer = write('UPDATE provisions SET answer = ?, sealed = ? WHERE exchange = ?');
  const review = one('SELECT * FROM reviews WHERE exchange = ?', reviewOf);
  const reviewsIn = many(
    'SELECT * FROM reviews WHERE state IN (SELECT value FROM json_each(?)) ORDER BY created_at, exchange',
    reviewOf,
  );
  const putReview = write('INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const addOutgoing = write('INSERT INTO outgoing VALUES (?, ?, ?)');
  const dropOutgoing = write('DELETE FROM outgoing WHERE exchange = ?');
  const dropSealed = write(
    'UPDATE provisions SET sealed = NULL WHERE permitted_at < ? AND sealed IS NOT NULL',
  );
  const storeReview = (it: Review) =>
    putReview(
      it.exchange,
      it.integratedAddressNumber,
      it.state,
      it.restricted ? 1 : 0,
      it.createdAt,
      it.reviewer ?? null,
      it.seen ?? null,
      it.approver ?? null,
      it.decidedAt ?? null,
    );
  const provisions: Provisions = {
    copy: one('SELECT * FROM copies WHERE person = ? AND information = ?', copyOf),
    putCopy(it) {
      const flags = [it.autoResponseDisabled ? 1 : 0, it.nonDisclosable ? 1 : 0];
      const { integratedAddressNumber, information, layoutVersion, records, datedBy = null } = it;
      putCopy(integratedAddressNumber, information, layoutVersion, datedBy, records, ...flags);
    },
    provision: one('SELECT * FROM provisions WHERE exchange = ?', provisionOf),
    addProvision(it) {
      const { exchange, subject, person, oneTimeKey, permittedAt, answer, sealed = null } = it;
      const asked = JSON.stringify(subject);
      addProvision(exchange, asked, person, oneTimeKey, permittedAt, answer, sealed);
    },
    changeAnswer(exchange, answer, sealed) {
      changeAnswer(answer, sealed ?? null, exchange);
    },
    review,
    reviews: (states) => reviewsIn(JSON.stringify(states)),
    addReview(it) {
      storeReview(it);
    },
    changeReview(exchange, change) {
      const found = review(exchange);
      if (found) storeReview({ ...found, ...change });
    },
    outgoing: many('SELECT * FROM outgoing ORDER BY rowid', outgoingOf),
    addOutgoing({ exchange, answer, sealed }) {
      addOutgoing(exchange, answer, sealed ?? null);
    },
    dropOutgoing(exchange) {
      dropOutgoing(exchange);
    },
  };
  /** Sealed bytes are kept only as long as the permit could be presented again. */
  const sweepSealed = (now: number) => dropSealed(Math.floor(now / 1000) - AN_HOUR);
  return { ...provisions, sweepSealed };
}

const copyOf = (row: Row): Copy => ({
  integratedAddressNumber: text(row, 'person'),
  information: text(row, 'information'),
  layoutVersion: text(row, 'layout_version'),
  datedBy: nullable(row, 'dated_by', text),
  records: text(row, 'records'),
  autoResponseDisabled: flag(row, 'auto_response_disabled'),
  nonDisclosable: flag(row, 'non_disclosable'),
});

const provisionOf = (row: Row): Provision => ({
  exchange: text(row, 'exchange'),
  subject: JSON.parse(text(row, 'subject')),
  person: text(row, 'person'),
  oneTimeKey: text(row, 'one_time_key'),
  permittedAt: integer(row, 'permitted_at'),
  answer: text(row, 'answer'),
  sealed: nullable(row, 'sealed', text),
});

const reviewOf = (row: Row): Review => ({
  exchange: text(row, 'exchange'),
  integratedAddressNumber: text(row, 'person'),
  state: text(row, 'state') as ReviewState,
  restricted: flag(row, 'restricted'),
  createdAt: integer(row, 'created_at'),
  reviewer: nullable(row, 'reviewer', text),
  seen: nullable(row, 'seen', text),
  approver: nullable(row, 'approver', text),
  decidedAt: nullable(row, 'decided_at', integer),
});

const outgoingOf = (row: Row): Outgoing => ({
  exchange: text(row, 'exchange'),
  answer: text(row, 'answer'),
  sealed: nullable(row, 'sealed', text),
});
