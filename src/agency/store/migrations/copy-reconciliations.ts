import type { Step } from './step.ts';

/** Comparisons of originals with copies: what was found in the last of each kind, and the counts of all. */
export const copyReconciliations: Step = {
  name: 'reconciliations of copies',
  sql: `
    CREATE TABLE copy_reconciliations (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      information TEXT NOT NULL,
      about TEXT NOT NULL
    ) STRICT;
    CREATE INDEX copy_reconciliations_kind ON copy_reconciliations (information, seq);
    CREATE TABLE copy_differences (
      reconciliation TEXT NOT NULL,
      place INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('missing', 'surplus', 'different', 'unreadable')),
      person TEXT, line INTEGER, row INTEGER, items TEXT NOT NULL, problem TEXT,
      PRIMARY KEY (reconciliation, place)
    ) STRICT, WITHOUT ROWID;
  `,
};
