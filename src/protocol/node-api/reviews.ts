import { z } from 'zod';
import { Digest, Id } from '../identifiers.ts';
import { CopyRecord } from '../plaintext.ts';

/** Why a request was declined or returned, for this agency’s own staff; never sent. */
export const REVIEW_REASONS = [
  'person_in_doubt',
  'content_in_doubt',
  'incomplete',
  'not_needed',
  'protected',
  'other',
] as const;

const ReviewReason = z
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
export type ReviewView = z.infer<typeof ReviewView>;

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
export type ReviewContent = z.infer<typeof ReviewContent>;

const Seen = z.strictObject({ seen: Digest });
const Why = z.strictObject({
  reason: ReviewReason,
  note: z
    .string()
    .regex(/^[^\p{Cc}]+$/u)
    .max(500)
    .optional()
    .describe('Kept sealed in this node, shown with the request to its staff, never sent'),
});
const Entry = z.strictObject({
  layoutVersion: z.string().min(1).max(64),
  records: z.array(CopyRecord).max(1000).describe('Empty: there is no record'),
});

const step = <Name extends string, Request extends z.ZodType>(name: Name, request: Request) =>
  ({ path: `/v1/reviews/{exchange}/${name}`, request, responses: { 200: ReviewView } }) as const;
export type ReviewStep<Request extends z.ZodType> = ReturnType<typeof step<string, Request>>;

/** The review queue of a provider. */
export const reviews = {
  list: {
    path: '/v1/reviews',
    responses: { 200: z.strictObject({ reviews: z.array(ReviewView) }) },
  },
  show: { path: '/v1/reviews/{exchange}', responses: { 200: ReviewContent } },
  enter: step('enter', Entry),
  review: step('review', Seen),
  return: step('return', Why),
  approve: step('approve', Seen),
  decline: step('decline', Why),
} as const;
