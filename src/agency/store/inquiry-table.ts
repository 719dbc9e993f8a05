import { RenkeiError } from '../../protocol/errors.ts';
import { RefusalReason } from '../../protocol/outcome.ts';
import { bytes, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { InquiryTx } from '../core/inquiries/ports.ts';
import type { AgencyTx, Inquiry, InquiryChange, InquiryState } from '../core/ports.ts';
import type { Principal } from '../core/principal.ts';
import { inquiryLists } from './inquiry-lists.ts';

type Inquiries = Pick<
  AgencyTx,
  'inquiry' | 'inquiryByExchange' | 'inquiriesIn' | 'addInquiry' | 'changeInquiry' | keyof InquiryTx
>;

/** Inquiries, from asking to the deletion of their results. */
export function inquiryTable(sql: Statements): Inquiries {
  const { one, write } = sql;
  const inquiry = one('SELECT * FROM inquiries WHERE id = ?', inquiryOf);
  const add = write(
    `INSERT INTO inquiries (state, exchange, subject, permit, requested_at, permit_expires_at, secret,
       code, denial, reason, answered_at, answer_digest, result, delete_at, approver, decided_at,
       decline_reason, taken_over_by, taken_over_at, confirmed_by, confirmed_at, deleted_at,
       id, ask, asked_by_kind, asked_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = write(
    `UPDATE inquiries SET state = ?, exchange = ?, subject = ?, permit = ?, requested_at = ?,
       permit_expires_at = ?, secret = ?, code = ?, denial = ?, reason = ?, answered_at = ?,
       answer_digest = ?, result = ?, delete_at = ?, approver = ?, decided_at = ?, decline_reason = ?,
       taken_over_by = ?, taken_over_at = ?, confirmed_by = ?, confirmed_at = ?, deleted_at = ?
     WHERE id = ?`,
  );
  const erase = write(
    `UPDATE inquiries SET result = NULL, secret = NULL, permit = NULL, denial = NULL, decline_reason = NULL,
       deleted_at = ? WHERE id = ?`,
  );
  return {
    ...inquiryLists(sql, inquiryOf),
    inquiry,
    inquiryByExchange: one('SELECT * FROM inquiries WHERE exchange = ?', inquiryOf),
    addInquiry(it) {
      const asked = [JSON.stringify(askColumn(it)), it.byKind, it.by];
      add(...columnsOf(it), it.id, ...asked, it.createdAt);
    },
    changeInquiry(id, to) {
      const found = inquiry(id);
      if (!found) throw new RenkeiError('not_found');
      change(...columnsOf({ ...found, ...to }), id);
    },
    eraseInquiry(id, at) {
      erase(at, id);
    },
  };
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
  it.approver ?? null,
  it.decidedAt ?? null,
  it.declineReason ?? null,
  it.takenOverBy ?? null,
  it.takenOverAt ?? null,
  it.confirmedBy ?? null,
  it.confirmedAt ?? null,
  it.deletedAt ?? null,
];

const askColumn = (it: Inquiry) => ({
  integratedAddressNumber: it.integratedAddressNumber,
  provider: it.provider,
  affair: it.affair,
  item: it.item,
  information: it.information,
  period: it.period,
  nonDisclosable: it.nonDisclosable,
});

function inquiryOf(row: Row): Inquiry {
  const subject = nullable(row, 'subject', text);
  return {
    ...JSON.parse(text(row, 'ask')),
    id: text(row, 'id'),
    state: text(row, 'state') as InquiryState,
    byKind: text(row, 'asked_by_kind') as Principal['kind'],
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
    result: nullable(row, 'result', bytes),
    deleteAt: nullable(row, 'delete_at', integer),
    approver: nullable(row, 'approver', text),
    decidedAt: nullable(row, 'decided_at', integer),
    declineReason: nullable(row, 'decline_reason', bytes),
    takenOverBy: nullable(row, 'taken_over_by', text),
    takenOverAt: nullable(row, 'taken_over_at', integer),
    confirmedBy: nullable(row, 'confirmed_by', text),
    confirmedAt: nullable(row, 'confirmed_at', integer),
    deletedAt: nullable(row, 'deleted_at', integer),
  };
}
