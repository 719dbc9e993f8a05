import { z } from 'zod';
import { Digest, Id } from '../../protocol/identifiers.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import type { AgencyNode, StaffMember } from '../core/node.ts';
import { noteOf, type Shown, seenBy } from '../core/reviews/content.ts';
import { REVIEW_REASONS, type Review } from '../core/reviews/ports.ts';

export const ReviewReason = z
  .enum(REVIEW_REASONS)
  .describe('For this agency’s own staff; the inquirer is never told');

/** A request that waits for people, or did, without its content. */
export const ReviewView = z.strictObject({
  exchange: Id,
  kind: z
    .enum(['copy', 'manual'])
    .describe('manual: there is no copy, and staff enter the records by hand (R-212)'),
  state: z.enum(['waiting', 'entered', 'reviewed', 'returned', 'approved', 'declined', 'lapsed']),
  restricted: z.boolean().describe('The copy is non-disclosable (不開示)'),
  integratedAddressNumber: z.string(),
  createdAt: z.string(),
  dueAt: z.string(),
  lateSeconds: z.int().optional().describe('How long it has been overdue; absent while in time'),
  enteredBy: z.string().optional(),
  reviewer: z.string().optional(),
  returnedBy: z.string().optional(),
  approver: z.string().optional(),
  decidedAt: z.string().optional(),
  reason: ReviewReason.optional(),
});

/** The same with what would be sent. */
export const ReviewContent = z.strictObject({
  review: ReviewView,
  inquirer: z.string(),
  affair: z.string(),
  item: z.string(),
  information: z.string(),
  layoutVersion: z.string().optional().describe('Absent when there is nothing to send'),
  content: z.array(CopyRecord).describe('What would be sent; empty once it has an end'),
  seen: Digest.describe('Hand it back to review or approve what was shown here, to you'),
  note: z.string().optional().describe('Words of whoever returned or declined it'),
});

export const viewOf = ({ clock }: Pick<AgencyNode, 'clock'>, it: Review) => {
  const over = it.decidedAt ?? clock.now();
  return {
    exchange: it.exchange,
    kind: it.kind,
    state: it.state,
    restricted: it.restricted,
    integratedAddressNumber: it.integratedAddressNumber,
    createdAt: new Date(it.createdAt).toISOString(),
    dueAt: new Date(it.dueAt).toISOString(),
    lateSeconds: over > it.dueAt ? Math.ceil((over - it.dueAt) / 1000) : undefined,
    enteredBy: it.enteredBy,
    reviewer: it.reviewer,
    returnedBy: it.returnedBy,
    approver: it.approver,
    decidedAt: it.decidedAt === undefined ? undefined : new Date(it.decidedAt).toISOString(),
    reason: it.reason,
  };
};

export const contentView = (
  node: AgencyNode,
  by: StaffMember,
  { review, provision, content }: Shown,
): z.input<typeof ReviewContent> => {
  const { inquirer, affair, item, information } = provision.subject;
  return {
    review: viewOf(node, review),
    ...{ inquirer, affair, item, information },
    layoutVersion: content?.layoutVersion,
    content: JSON.parse(content?.records ?? '[]'),
    seen: seenBy(by, review.exchange, content),
    note: noteOf(node, review),
  };
};
