import { RenkeiError } from '../../protocol/errors.ts';
import { RefusalReason } from '../../protocol/messages/answer.ts';
import { bytes, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx, Inquiry, InquiryChange, InquiryState } from '../core/ports.ts';

type Inquiries = Pick<
  AgencyTx,
  'inquiry' | 'inquiryByExchange' | 'inquiriesIn' | 'addInquiry' | 'changeInquiry'
>;

/** Inquiries, from asking to the deletion of their results. */
export function inquiryTable({ one, many, write }: Statements) {
  const inquiry = one('SELECT * FROM inquiries WHERE id = ?', inquiryOf);
  const add = write(
    `INSERT INTO inquiries (state, exchange, subject, permit, requested_at, permit_expires_at, secret,
       code, denial, reason, answered_at, answer_digest, result, delete_at, id, ask, asked_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = write(
    `UPDATE inquiries SET state = ?, exchange = ?, subject = ?, permit = ?, requested_at = ?,
       permit_expires_at = ?, secret = ?, code = ?, denial = ?, reason = ?, answered_at = ?,
       answer_digest = ?, result = ?, delete_at = ? WHERE id = ?`,
  );
  const inStates = many(
    'SELECT * FROM inquiries WHERE state IN (SELECT value FROM json_each(?)) ORDER BY created_at, id',
    inquiryOf,
  );
  const sweepResults = write(
    'UPDATE inquiries SET result = NULL WHERE delete_at < ? AND result IS NOT NULL',
  );
  const lapseInquiries = write(
    `UPDATE inquiries SET state = 'lapsed', secret = NULL
     WHERE state IN ('permitted', 'pending', 'open') AND created_at < ?`,
  );
  const inquiries: Inquiries = {
    inquiry,
    inquiryByExchange: one('SELECT * FROM inquiries WHERE exchange = ?', inquiryOf),
    inquiriesIn: (states) => inStates(JSON.stringify(states)),
    addInquiry(it) {
      add(...columnsOf(it), it.id, JSON.stringify(askColumn(it)), it.by, it.createdAt);
    },
    changeInquiry(id, to) {
      const found = inquiry(id);
      if (!found) throw new RenkeiError('not_found');
      change(...columnsOf({ ...found, ...to }), id);
    },
  };
  return { ...inquiries, sweepResults, lapseInquiries };
}

const columnsOf = (it: Omit<Inquiry, keyof InquiryChange> & InquiryChange) => [
  it.state,
  it.exchange ?? null,
  it.subject ? JSON.stringify(it.subject) : null,
  it.permit ?? null,
  it.requestedAt ?? null,
  it.permitExpiresAt ?? null,
  it.secret ?? null,
  it.code ?? null,
  it.denial ?? null,
  it.reason ?? null,
  it.answeredAt ?? null,
  it.answerDigest ?? null,
  it.result ?? null,
  it.deleteAt ?? null,
];

const askColumn = (it: Inquiry) => ({
  integratedAddressNumber: it.integratedAddressNumber,
  provider: it.provider,
  affair: it.affair,
  item: it.item,
  information: it.information,
  period: it.period,
});

function inquiryOf(row: Row): Inquiry {
  const subject = nullable(row, 'subject', text);
  return {
    ...JSON.parse(text(row, 'ask')),
    id: text(row, 'id'),
    state: text(row, 'state') as InquiryState,
    by: text(row, 'asked_by'),
    createdAt: integer(row, 'created_at'),
    exchange: nullable(row, 'exchange', text),
    subject: subject === undefined ? undefined : JSON.parse(subject),
    permit: nullable(row, 'permit', text),
    requestedAt: nullable(row, 'requested_at', integer),
    permitExpiresAt: nullable(row, 'permit_expires_at', integer),
    secret: nullable(row, 'secret', bytes),
    code: nullable(row, 'code', text),
    denial: nullable(row, 'denial', text),
    reason: RefusalReason.optional().parse(nullable(row, 'reason', text)),
    answeredAt: nullable(row, 'answered_at', integer),
    answerDigest: nullable(row, 'answer_digest', text),
    result: nullable(row, 'result', text),
    deleteAt: nullable(row, 'delete_at', integer),
  };
}
