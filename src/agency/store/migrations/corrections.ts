import type { Step } from './step.ts';

/** Corrections of this agency’s own records. Two people decide, or one declines what the person asked for. */
export const corrections: Step = {
  name: 'corrections of records',
  sql: `
    CREATE TABLE corrections (
      id TEXT PRIMARY KEY, exchange TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('requested', 'proposed', 'approved', 'declined')),
      about TEXT NOT NULL, corrects TEXT NOT NULL, facts TEXT NOT NULL,
      request TEXT UNIQUE, proposed_by TEXT, decided_by TEXT,
      created_at INTEGER NOT NULL, decided_at INTEGER, message TEXT, told INTEGER NOT NULL,
      CHECK (decided_by IS NULL OR proposed_by IS NULL OR decided_by <> proposed_by),
      CHECK (state <> 'approved' OR (proposed_by IS NOT NULL AND decided_by IS NOT NULL))
    ) STRICT;
    CREATE INDEX corrections_untold ON corrections (told) WHERE message IS NOT NULL AND NOT told;
  `,
};
