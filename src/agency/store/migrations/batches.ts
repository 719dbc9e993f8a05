import type { Step } from './step.ts';

/**
 * Batches and their rows. A row follows its inquiry by triggers, so that both change in one transaction whoever
 * changes the inquiry: an answer that comes days later, the one that lapses.
 */
export const batches: Step = {
  name: 'batches of inquiries',
  sql: `
    CREATE TABLE batches (
      id TEXT PRIMARY KEY,
      by_kind TEXT NOT NULL CHECK (by_kind IN ('staff', 'business-system')),
      by_id TEXT NOT NULL,
      digest TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN
        ('checking', 'awaiting_approval', 'declined', 'running', 'stopped', 'finished')),
      row_count INTEGER NOT NULL,
      affairs TEXT NOT NULL,
      concurrency INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      ended_at INTEGER,
      approver TEXT,
      code TEXT,
      CHECK (approver IS NULL OR (by_kind = 'staff' AND approver <> by_id))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX batches_by ON batches (by_kind, by_id, digest);
    CREATE TABLE batch_rows (
      batch TEXT NOT NULL REFERENCES batches (id),
      row INTEGER NOT NULL,
      line INTEGER NOT NULL,
      inquiry TEXT NOT NULL UNIQUE,
      ask TEXT NOT NULL,
      state TEXT NOT NULL DEFAULT 'waiting',
      code TEXT,
      PRIMARY KEY (batch, row)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX batch_rows_state ON batch_rows (batch, state, code);
    CREATE TRIGGER batch_row_begins AFTER INSERT ON inquiries
      WHEN NEW.state NOT IN ('asking', 'permitted')
    BEGIN
      UPDATE batch_rows SET state = NEW.state, code = NEW.code WHERE inquiry = NEW.id;
    END;
    CREATE TRIGGER batch_row_follows AFTER UPDATE OF state, code ON inquiries
      WHEN NEW.state NOT IN ('asking', 'permitted')
        AND (NEW.state <> OLD.state OR NEW.code IS NOT OLD.code)
    BEGIN
      UPDATE batch_rows SET state = NEW.state, code = NEW.code WHERE inquiry = NEW.id;
    END;
  `,
};
