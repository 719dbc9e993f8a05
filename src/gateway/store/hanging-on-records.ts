import type { OwnTables } from '../../service/sqlite/retention-table.ts';

/**
 * What the gateway keeps of an exchange beside its records, and lets go with them: whose permit it was, what it was about.
 * A pending exchange, or an answer that nobody has fetched, is not finished; nor is a correction
 * on its way. Ties of codes are no exchange’s.
 */
export const hangingOnRecords: OwnTables = {
  unfinished: `EXISTS (SELECT 1 FROM exchanges WHERE id = ?1 AND state IN ('asking', 'pending'))
    OR EXISTS (SELECT 1 FROM kept_answers WHERE exchange = ?1)
    OR EXISTS (SELECT 1 FROM corrections_untold WHERE exchange = ?1)
    OR EXISTS (SELECT 1 FROM correction_requests
      WHERE exchange = ?1 AND state IN ('sent', 'waiting'))`,
  dropped: [
    'DELETE FROM exchanges WHERE id = ?1',
    'DELETE FROM correction_requests WHERE exchange = ?1',
  ],
  person: 'person',
};
