import { integer } from '../../service/sqlite/columns.ts';
import type { Statements } from '../../service/sqlite/statements.ts';
import type { ApprovalReads } from '../core/approvals.ts';

const NONE = { inquiries: 0, batches: 0, drafts: 0, corrections: 0, media: 0 };

/** How much waits for an approval. In SQL as the indexes of inquiries and drafts say it, or they are not used. */
export function approvalCounts({ one }: Statements): ApprovalReads {
  const counts = one(
    `SELECT
       (SELECT count(*) FROM inquiries WHERE state IN
         ('requested', 'approved', 'asking', 'permitted', 'pending', 'open') AND state = 'requested') AS inquiries,
       (SELECT count(*) FROM batches WHERE state = 'awaiting_approval') AS batches,
       (SELECT count(*) FROM copy_drafts WHERE state IN ('entered', 'checked')) AS drafts,
       (SELECT count(*) FROM corrections WHERE state IN ('requested', 'proposed')) AS corrections,
       (SELECT count(*) FROM medium_lendings WHERE state IN ('requested', 'lent', 'reported')
         AND state <> 'lent') AS media`,
    (row) => ({
      inquiries: integer(row, 'inquiries'),
      batches: integer(row, 'batches'),
      drafts: integer(row, 'drafts'),
      corrections: integer(row, 'corrections'),
      media: integer(row, 'media'),
    }),
  );
  return { approvalCounts: () => counts() ?? NONE };
}
