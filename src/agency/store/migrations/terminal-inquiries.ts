import type { Step } from './step.ts';

/**
 * Inquiries at a terminal: who approved, who took a result over and who confirmed it, never the
 * same person; deletions; and indexes for lists.
 */
export const terminalInquiries: Step = {
  name: 'inquiries at terminals, their deletion, lists of them',
  sql: `
    ALTER TABLE inquiries ADD COLUMN asked_by_kind TEXT NOT NULL DEFAULT 'business-system'
      CHECK (asked_by_kind IN ('business-system', 'staff'));
    ALTER TABLE inquiries ADD COLUMN approver TEXT CHECK (approver IS NULL OR approver <> asked_by);
    ALTER TABLE inquiries ADD COLUMN decided_at INTEGER;
    ALTER TABLE inquiries ADD COLUMN decline_reason BLOB;
    ALTER TABLE inquiries ADD COLUMN taken_over_by TEXT;
    ALTER TABLE inquiries ADD COLUMN taken_over_at INTEGER;
    ALTER TABLE inquiries ADD COLUMN confirmed_by TEXT
      CHECK (confirmed_by IS NULL OR (taken_over_by IS NOT NULL AND confirmed_by <> taken_over_by));
    ALTER TABLE inquiries ADD COLUMN confirmed_at INTEGER;
    ALTER TABLE inquiries ADD COLUMN deleted_at INTEGER;
    DROP INDEX inquiries_open;
    CREATE INDEX inquiries_live ON inquiries (created_at, id)
      WHERE state IN ('requested', 'approved', 'asking', 'permitted', 'pending', 'open');
    DROP INDEX inquiries_delete;
    CREATE INDEX inquiries_erase ON inquiries (delete_at) WHERE deleted_at IS NULL AND delete_at IS NOT NULL;
    CREATE INDEX inquiries_by ON inquiries (asked_by_kind, asked_by, created_at, id);
    CREATE INDEX inquiries_terminal ON inquiries (created_at, id) WHERE asked_by_kind = 'staff';
    DROP INDEX inquiries_person;
    CREATE INDEX inquiries_person ON inquiries (ask ->> '$.integratedAddressNumber', created_at, id);
  `,
};
