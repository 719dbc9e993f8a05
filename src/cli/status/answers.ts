import { z } from 'zod';

// What a node says of itself at /v1/status, as far as it is shown.

const Copy = z.looseObject({
  version: z.int(),
  ageSeconds: z.int().optional(),
  expiresAt: z.string(),
  stale: z.boolean(),
});
export type Copy = z.infer<typeof Copy>;

/** How a party keeps its records; the gateway tells nothing else. */
export const Kept = z.looseObject({
  records: z.looseObject({ keep: z.string(), oldest: z.string().optional(), holds: z.int() }),
  alarms: z.int(),
});
export type Kept = z.infer<typeof Kept>;

export const Status = z.looseObject({
  ...Kept.shape,
  agency: z.string(),
  providing: z.boolean(),
  permissionLists: Copy,
  directory: Copy,
  keys: z.looseObject({
    current: z.string(),
    since: z.string().optional(),
    retiring: z.looseObject({ kid: z.string(), retiresAt: z.string().optional() }).optional(),
    announced: z.string().optional(),
  }),
  reviews: z.looseObject({ pending: z.int(), overdue: z.int() }),
  approvals: z.looseObject({
    inquiries: z.int(),
    batches: z.int(),
    drafts: z.int(),
    corrections: z.int(),
  }),
  openInquiries: z.int(),
  outgoing: z.int(),
  copies: z
    .array(
      z.looseObject({
        information: z.string(),
        ageSeconds: z.int().optional(),
        differences: z.int().optional(),
      }),
    )
    .default([]),
});
export type Status = z.infer<typeof Status>;
