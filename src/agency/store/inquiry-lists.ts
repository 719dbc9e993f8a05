import type { ReadRow, Statements } from '../../service/sqlite/statements.ts';
import type { InquiryFilter, InquiryReads } from '../core/inquiries/ports.ts';
import type { Inquiry, InquiryState } from '../core/ports.ts';

/** Inquiries that have no end yet. In SQL as the index `inquiries_live` says it, or it is not used. */
const LIVE: readonly InquiryState[] = [
  'requested',
  'approved',
  'asking',
  'permitted',
  'pending',
  'open',
];
const IS_LIVE = `state IN (${LIVE.map((state) => `'${state}'`).join(', ')})`;

/** Inquiries by state, by whose they are, and by what is due. */
export function inquiryLists({ many }: Statements, inquiryOf: ReadRow<Inquiry>) {
  const oldestFirst = 'state IN (SELECT value FROM json_each(?)) ORDER BY created_at, id';
  const live = many(`SELECT * FROM inquiries WHERE ${IS_LIVE} AND ${oldestFirst}`, inquiryOf);
  const any = many(`SELECT * FROM inquiries WHERE ${oldestFirst}`, inquiryOf);
  const lists: InquiryReads = {
    inquiriesBefore(filter, after, limit) {
      const { sql, bindings } = conditionsOf(filter);
      const behind = after ? ['(created_at, id) < (?, ?)'] : [];
      const where = [...sql, ...behind].join(' AND ');
      const found = many(
        `SELECT * FROM inquiries WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ?`,
        inquiryOf,
      );
      return found(...bindings, ...(after ? [after.createdAt, after.id] : []), limit);
    },
    inquiriesToErase: many(
      'SELECT * FROM inquiries WHERE delete_at < ? AND deleted_at IS NULL ORDER BY delete_at LIMIT ?',
      inquiryOf,
    ),
    inquiriesToLapse: many(
      `SELECT * FROM inquiries WHERE ${IS_LIVE}
         AND ((state <> 'requested' AND state <> 'asking' AND coalesce(decided_at, created_at) < ?)
           OR (state = 'requested' AND created_at < ?))
       ORDER BY created_at, id LIMIT ?`,
      inquiryOf,
    ),
  };
  return {
    ...lists,
    inquiriesIn(states: readonly InquiryState[]): readonly Inquiry[] {
      const all = states.every((state) => LIVE.includes(state)) ? live : any;
      return all(JSON.stringify(states));
    },
  };
}

/** Few texts in all, so that each is prepared once. */
function conditionsOf(filter: InquiryFilter) {
  const { whose, states, person, provider, since, unconfirmed } = filter;
  const conditions: [sql: string, ...bindings: (string | number)[]][] = [];
  if ('id' in whose) {
    conditions.push(['asked_by_kind = ? AND asked_by = ?', whose.kind, whose.id]);
  } else conditions.push(["asked_by_kind = 'staff'"]);
  if (states)
    conditions.push(['state IN (SELECT value FROM json_each(?))', JSON.stringify(states)]);
  if (person !== undefined) conditions.push(["ask ->> '$.integratedAddressNumber' = ?", person]);
  if (provider !== undefined) conditions.push(["ask ->> '$.provider' = ?", provider]);
  if (since !== undefined) conditions.push(['created_at >= ?', since]);
  if (unconfirmed) conditions.push(['taken_over_by IS NOT NULL AND confirmed_by IS NULL']);
  return {
    sql: conditions.map(([sql]) => sql),
    bindings: conditions.flatMap(([, ...bindings]) => bindings),
  };
}
