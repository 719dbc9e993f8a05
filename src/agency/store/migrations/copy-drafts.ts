import type { Step } from './step.ts';

/** Copies entered by hand, which three people see before they count. */
export const copyDrafts: Step = {
  name: 'drafts of copies',
  sql: `
    CREATE TABLE copy_drafts (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      person TEXT NOT NULL, information TEXT NOT NULL, published TEXT NOT NULL,
      change TEXT NOT NULL CHECK (change IN ('put', 'end', 'delete')),
      proposal TEXT,
      state TEXT NOT NULL CHECK (state IN ('entered', 'checked', 'approved', 'rejected')),
      entered_by TEXT NOT NULL, entered_at INTEGER NOT NULL,
      checked_by TEXT, checked_at INTEGER, seen TEXT,
      decided_by TEXT, decided_at INTEGER, reason TEXT,
      CHECK (checked_by IS NULL OR checked_by <> entered_by),
      CHECK (state NOT IN ('checked', 'approved') OR (checked_by IS NOT NULL AND seen IS NOT NULL)),
      CHECK (state <> 'approved'
        OR (decided_by IS NOT NULL AND decided_by <> entered_by AND decided_by <> checked_by)),
      CHECK (state <> 'rejected' OR (decided_by IS NOT NULL AND reason IS NOT NULL))
    ) STRICT;
    CREATE INDEX copy_drafts_open ON copy_drafts (seq) WHERE state IN ('entered', 'checked');
    CREATE INDEX copy_drafts_kept ON copy_drafts (decided_at) WHERE proposal IS NOT NULL;
  `,
};
