import { z } from 'zod';
import { CopyRecord } from '../../protocol/plaintext.ts';

// What a node answers about reviews, as far as it is shown.

export const Review = z.looseObject({
  exchange: z.string(),
  kind: z.enum(['copy', 'manual']),
  state: z.enum(['waiting', 'entered', 'reviewed', 'returned', 'approved', 'declined', 'lapsed']),
  restricted: z.boolean(),
  integratedAddressNumber: z.string(),
  dueAt: z.string(),
  lateSeconds: z.int().optional(),
  enteredBy: z.string().optional(),
  reviewer: z.string().optional(),
  returnedBy: z.string().optional(),
  approver: z.string().optional(),
  reason: z.string().optional(),
});
export type Review = z.infer<typeof Review>;

export const ReviewList = z.object({ reviews: z.array(Review) });

export const ShownReview = z.object({
  review: Review,
  inquirer: z.string(),
  affair: z.string(),
  item: z.string(),
  information: z.string(),
  layoutVersion: z.string().optional(),
  content: z.array(CopyRecord),
  seen: z.string(),
  note: z.string().optional(),
});
export type ShownReview = z.infer<typeof ShownReview>;
