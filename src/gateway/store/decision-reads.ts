import { ProvisionRecord } from '../../protocol/record.ts';
import { integer, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { GatewayReads } from '../core/ports.ts';

/** A filter that is left out is NULL, and holds for every row. */
const DECISIONS = `
  SELECT seq, record FROM records AS decision
  WHERE seq < :before
    AND record ->> 'kind' IN ('permitted', 'denied')
    AND (:agency IS NULL OR record ->> 'inquirer' = :agency OR record ->> 'provider' = :agency)
    AND (:item IS NULL OR record ->> 'item' = :item)
    AND (:since IS NULL OR record ->> 'at' >= :since)
    AND (:until IS NULL OR record ->> 'at' < :until)
    AND (:person IS NULL OR EXISTS (
      SELECT 1 FROM exchanges WHERE id = decision.exchange AND person = :person))
    AND (:outcome IS NULL OR record ->> 'kind' = :outcome OR record ->> 'code' = :outcome
      OR :outcome = (
        SELECT coalesce(last.record ->> 'code', last.record ->> 'outcome') FROM records AS last
        WHERE last.exchange = decision.exchange AND last.record ->> 'kind' IN ('answered', 'unanswered')
        ORDER BY seq DESC LIMIT 1))
  ORDER BY seq DESC LIMIT :limit`;

/** The gateway’s decisions as people look through them, newest first. */
export function decisionReads({ many }: Statements): Pick<GatewayReads, 'decisions' | 'recordsOf'> {
  const decisions = many(DECISIONS, recordOf);
  const recordsOf = many('SELECT * FROM records WHERE exchange = ? ORDER BY seq', recordOf);
  return {
    recordsOf: (exchange) => recordsOf(exchange).map(({ record }) => record),
    decisions: ({ before, limit, ...wanted }) =>
      decisions({
        ...{ before, limit },
        agency: wanted.agency ?? null,
        item: wanted.item ?? null,
        outcome: wanted.outcome ?? null,
        person: wanted.person ?? null,
        since: wanted.since ?? null,
        until: wanted.until ?? null,
      }),
  };
}

const recordOf = (row: Row) => ({
  seq: integer(row, 'seq'),
  record: ProvisionRecord.parse(JSON.parse(text(row, 'record'))),
});
