import type { Step } from './step.ts';

/** The ledger of external media, their lending and return. Days are of Japan. */
export const media: Step = {
  name: 'external media',
  sql: `
    CREATE TABLE media (
      medium TEXT PRIMARY KEY,
      kind TEXT NOT NULL, serial TEXT,
      registered_by TEXT NOT NULL, registered_at INTEGER NOT NULL,
      holds_data INTEGER NOT NULL CHECK (holds_data IN (0, 1)),
      retired_by TEXT, retired_at INTEGER, reason TEXT,
      CHECK (retired_at IS NULL OR (retired_by IS NOT NULL AND reason IS NOT NULL))
    ) STRICT;
    CREATE TABLE medium_lendings (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      medium TEXT NOT NULL REFERENCES media (medium),
      information TEXT NOT NULL, purpose TEXT NOT NULL, until_day TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('requested', 'lent', 'rejected', 'reported', 'returned')),
      requested_by TEXT NOT NULL, requested_at INTEGER NOT NULL,
      decided_by TEXT, decided_at INTEGER, reason TEXT,
      files TEXT NOT NULL,
      reported_by TEXT, reported_at INTEGER, erased INTEGER CHECK (erased IN (0, 1)), note TEXT,
      accepted_by TEXT, accepted_at INTEGER,
      CHECK (decided_by IS NULL OR decided_by <> requested_by),
      CHECK (state = 'requested' OR decided_by IS NOT NULL),
      CHECK (state <> 'rejected' OR reason IS NOT NULL),
      CHECK (state NOT IN ('requested', 'rejected') OR files = '[]'),
      CHECK (state NOT IN ('reported', 'returned') OR (reported_by IS NOT NULL AND erased IS NOT NULL)),
      CHECK (erased IS NOT 0 OR note IS NOT NULL),
      CHECK (state <> 'returned' OR (accepted_by IS NOT NULL
        AND accepted_by <> requested_by AND accepted_by <> reported_by))
    ) STRICT;
    CREATE UNIQUE INDEX medium_lendings_open ON medium_lendings (medium)
      WHERE state IN ('requested', 'lent', 'reported');
  `,
};
