import { integer, nullable } from '../../service/sqlite/columns.ts';
import type { Statements } from '../../service/sqlite/statements.ts';
import type { PastTx } from '../core/past.ts';
import { OPEN_INQUIRY } from './hanging-on-records.ts';

/** Whether a hold on a person or a time is about a row. Holds name the person by code. */
const held = (person: string, at: string): string => `EXISTS (
  SELECT 1 FROM log_holds AS h WHERE h.released_at IS NULL AND h.exchange IS NULL AND h.agency IS NULL
    AND (h.person IS NULL OR h.person IN (SELECT code FROM persons WHERE person = ${person}))
    AND (h.from_at IS NULL OR ${at} >= h.from_at) AND (h.until_at IS NULL OR ${at} < h.until_at))`;

/** What is kept as long as the records are: each delete takes a few rows, oldest first. */
const PAST: readonly string[] = [
  // What follows a line of that time or later counts as no older, whatever its own clock said.
  `DELETE FROM operations WHERE seq IN (
    SELECT seq FROM operations AS o
    WHERE o.seq < coalesce((SELECT seq FROM operations WHERE +at >= :before ORDER BY seq LIMIT 1), 9007199254740991)
      AND NOT EXISTS (SELECT 1 FROM records WHERE o.exchange IS NOT NULL AND records.exchange = o.exchange)
      AND NOT ${held('o.person', 'o.at')}
    ORDER BY seq LIMIT :limit)`,
  `DELETE FROM copy_drafts WHERE seq IN (
    SELECT seq FROM copy_drafts AS d WHERE d.state IN ('approved', 'rejected') AND d.decided_at < :before
      AND NOT ${held('d.person', 'd.decided_at')}
    LIMIT :limit)`,
  `DELETE FROM inquiries WHERE id IN (
    SELECT id FROM inquiries AS i WHERE i.exchange IS NULL AND i.created_at < :before
      AND i.state NOT IN ${OPEN_INQUIRY}
      AND NOT ${held(`i.ask ->> '$.integratedAddressNumber'`, 'i.created_at')}
    LIMIT :limit)`,
  `DELETE FROM medium_lendings WHERE seq IN (
    SELECT seq FROM medium_lendings AS l WHERE l.state IN ('rejected', 'returned')
      AND coalesce(l.accepted_at, l.decided_at) < :before AND NOT ${held('NULL', 'l.requested_at')}
    LIMIT :limit)`,
  `DELETE FROM media WHERE medium IN (
    SELECT medium FROM media AS m WHERE m.retired_at < :before AND NOT ${held('NULL', 'm.retired_at')}
      AND NOT EXISTS (SELECT 1 FROM medium_lendings AS l WHERE l.medium = m.medium)
    LIMIT :limit)`,
];

export function pastTables({ one, write }: Statements): PastTx {
  const drops = PAST.map((sql) => write(sql));
  return {
    oldestPast: () =>
      one('SELECT min(at) AS at FROM operations', (row) => nullable(row, 'at', integer))(),
    dropPast: (before, limit) =>
      drops.reduce((dropped, drop) => dropped + drop({ before, limit }), 0),
  };
}
