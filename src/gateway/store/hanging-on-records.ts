import type { OwnTables } from '../../service/sqlite/retention-table.ts';

/**
 * What the gateway keeps of an exchange beside its records, and lets go with them: whose permit it was, what it was about.
 * A pending exchange, or an answer that nobody has fetched, is not finished. Ties of codes are no exchange’s.
 */
export const hangingOnRecords: OwnTables = {
  unfinished: `EXISTS (SELECT 1 FROM exchanges WHERE id = ?1 AND state IN ('asking', 'pending'))
    OR EXISTS (SELECT 1 FROM kept_answers WHERE exchange = ?1)`,
  dropped: ['DELETE FROM exchanges WHERE id = ?1'],
  person: 'person',
};
