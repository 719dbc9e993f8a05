import type { Step } from './step.ts';

/**
 * Results and one-time secrets are sealed by the vault (bytes). What was kept in the clear before is erased,
 * and inquiries that waited for an answer to it lapse: SQL alone cannot seal.
 */
export const sealedInquiries: Step = {
  name: 'results and secrets of inquiries sealed',
  sql: `
    UPDATE inquiries SET state = 'lapsed' WHERE state IN ('asking', 'permitted', 'pending', 'open');
    UPDATE inquiries SET result = NULL, secret = NULL;
    DROP INDEX inquiries_delete;
    ALTER TABLE inquiries DROP COLUMN result;
    ALTER TABLE inquiries ADD COLUMN result BLOB;
    CREATE INDEX inquiries_delete ON inquiries (delete_at) WHERE result IS NOT NULL;
  `,
};
