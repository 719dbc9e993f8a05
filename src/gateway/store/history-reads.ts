import { ProvisionRecord } from '../../protocol/record.ts';
import { integer, text } from '../../service/sqlite/columns.ts';
import type { Statements } from '../../service/sqlite/statements.ts';
import type { HistoryReads } from '../core/disclosure/ports.ts';

/**
 * What may be told (番号法23条2項): no record of the exchange says otherwise, and the provider, who alone can say, has
 * been heard; a denial it never hears of.
 */
const MAY_BE_TOLD = `
  record ->> 'kind' IN ('permitted', 'denied')
  AND NOT EXISTS (SELECT 1 FROM records AS mark
    WHERE mark.exchange = begun.exchange AND mark.record ->> 'nonDisclosable')
  AND (record ->> 'kind' = 'denied' OR EXISTS (SELECT 1 FROM records AS heard
    WHERE heard.exchange = begun.exchange AND heard.record ->> 'kind' = 'answered'))`;

const HISTORY = `
  SELECT exchange FROM records AS begun
  WHERE person = :person AND ${MAY_BE_TOLD}
    AND (:since IS NULL OR record ->> 'requestedAt' >= :since)
    AND (:until IS NULL OR record ->> 'requestedAt' < :until)
    AND (:after IS NULL OR seq < (SELECT min(seq) FROM records WHERE exchange = :after))
  ORDER BY seq DESC LIMIT :limit`;

const ONE = `
  SELECT seq FROM records AS begun WHERE person = ? AND exchange = ? AND ${MAY_BE_TOLD}`;

export function historyReads({ one, many }: Statements): HistoryReads {
  const history = many(HISTORY, (row) => text(row, 'exchange'));
  const mayBeTold = one(ONE, (row) => integer(row, 'seq'));
  const recordsOf = many(
    'SELECT record FROM records WHERE exchange = ? AND record IS NOT NULL ORDER BY seq',
    (row) => ProvisionRecord.parse(JSON.parse(text(row, 'record'))),
  );
  return {
    historyOf: ({ person, limit, since = null, until = null, after = null }) =>
      history({ person, limit, since, until, after }).map((exchange) => ({
        exchange,
        records: recordsOf(exchange),
      })),
    mayBeTold: (person, exchange) => mayBeTold(person, exchange) !== undefined,
  };
}
