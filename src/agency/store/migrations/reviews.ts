import type { Step } from './step.ts';

/**
 * Reviews with due dates, returns, lapses and provision by hand. A request from before is due a week after it
 * came.
 */
export const reviews: Step = {
  name: 'reviews with due dates, by hand',
  sql: `
    CREATE TABLE reviews_with_due_dates (
      exchange TEXT PRIMARY KEY, person TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('copy', 'manual')),
      state TEXT NOT NULL CHECK (
        state IN ('waiting', 'entered', 'reviewed', 'returned', 'approved', 'declined', 'lapsed')
      ),
      restricted INTEGER NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
      entered BLOB, entered_by TEXT,
      reviewer TEXT, seen TEXT, approver TEXT, decided_at INTEGER,
      returned_by TEXT, reason TEXT, note BLOB,
      CHECK (approver IS NULL OR (reviewer IS NOT NULL AND approver <> reviewer)),
      CHECK (entered_by IS NULL OR reviewer IS NULL OR entered_by <> reviewer),
      CHECK (entered_by IS NULL OR approver IS NULL OR entered_by <> approver),
      CHECK (state NOT IN ('approved', 'declined') OR approver IS NOT NULL)
    ) STRICT;
    INSERT INTO reviews_with_due_dates
        (exchange, person, kind, state, restricted, created_at, due_at, reviewer, seen, approver, decided_at)
      SELECT exchange, person, 'copy', state, restricted, created_at, created_at + 604800000,
        reviewer, seen, approver, decided_at FROM reviews;
    DROP TABLE reviews;
    ALTER TABLE reviews_with_due_dates RENAME TO reviews;
    CREATE INDEX reviews_pending ON reviews (due_at)
      WHERE state IN ('waiting', 'entered', 'reviewed', 'returned');
  `,
};
