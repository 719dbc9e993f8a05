import type { Step } from './step.ts';

/**
 * Imports of copies and the rows that wait to take effect. Numbers of rows are never used twice
 * (AUTOINCREMENT), so that clearing away after one import cannot touch the next one’s.
 */
export const copyImports: Step = {
  name: 'imports of copies',
  sql: `
    CREATE TABLE copy_imports (
      id TEXT PRIMARY KEY,
      state TEXT NOT NULL CHECK (state IN ('reading', 'refused', 'accepted', 'applied')),
      started_at INTEGER NOT NULL,
      by TEXT NOT NULL,
      information TEXT NOT NULL,
      first INTEGER NOT NULL,
      staged INTEGER NOT NULL,
      applied INTEGER NOT NULL,
      added INTEGER NOT NULL,
      replaced INTEGER NOT NULL,
      unchanged INTEGER NOT NULL,
      deleted INTEGER NOT NULL,
      about TEXT NOT NULL,
      findings TEXT
    ) STRICT;
    CREATE INDEX copy_imports_open ON copy_imports (state) WHERE state IN ('reading', 'accepted');
    CREATE INDEX copy_imports_started ON copy_imports (started_at);
    CREATE TABLE import_rows (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      person TEXT NOT NULL,
      published TEXT,
      ended TEXT,
      auto_response_disabled INTEGER,
      non_disclosable INTEGER,
      line INTEGER NOT NULL,
      records TEXT NOT NULL
    ) STRICT;
  `,
};
