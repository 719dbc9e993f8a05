import type { OwnTables } from '../../service/sqlite/retention-table.ts';

/** States of an inquiry that something is still to come of. */
export const OPEN_INQUIRY = `('requested', 'approved', 'asking', 'permitted', 'pending', 'open')`;

/**
 * What a node keeps of an exchange beside its records, and lets go with them: the inquiry at the inquirer; answer and
 * review at the provider. What waits, for anybody, is not finished; nor is an inquiry whose result is still there.
 */
export const hangingOnRecords: OwnTables = {
  unfinished: `EXISTS (SELECT 1 FROM inquiries
      WHERE exchange = ?1 AND (state IN ${OPEN_INQUIRY} OR result IS NOT NULL))
    OR EXISTS (SELECT 1 FROM reviews
      WHERE exchange = ?1 AND state IN ('waiting', 'entered', 'reviewed', 'returned'))
    OR EXISTS (SELECT 1 FROM outgoing WHERE exchange = ?1)
    OR EXISTS (SELECT 1 FROM corrections WHERE exchange = ?1
      AND (state IN ('requested', 'proposed') OR (message IS NOT NULL AND NOT told)))`,
  dropped: [
    'DELETE FROM inquiries WHERE exchange = ?1',
    'DELETE FROM provisions WHERE exchange = ?1',
    'DELETE FROM reviews WHERE exchange = ?1',
    'DELETE FROM corrections WHERE exchange = ?1',
  ],
  person: "record ->> '$.person'",
};
