import { z } from 'zod';

const Copy = z.looseObject({ version: z.int(), expiresAt: z.string(), stale: z.boolean() });

/** What a node says of itself; what a later one adds is shown only when this page knows it. */
export const NodeStatus = z.looseObject({
  permissionLists: Copy.optional(),
  directory: Copy.optional(),
  reviews: z.looseObject({ pending: z.int(), overdue: z.int() }).optional(),
  openInquiries: z.int().optional(),
  outgoing: z.int().optional(),
  /** By kind of information held: how its last comparison with the originals went, if there was one. */
  copies: z
    .array(
      z.looseObject({
        information: z.string(),
        reconciledAt: z.string().optional(),
        ageSeconds: z.number().optional(),
        differences: z.int().optional(),
      }),
    )
    .optional(),
});

export type NodeStatus = z.infer<typeof NodeStatus>;

export const Statuses = z.looseObject({
  agencies: z.array(
    z.looseObject({
      code: z.string(),
      name: z.string(),
      health: z.enum(['up', 'down', 'silent']),
      status: NodeStatus.optional(),
    }),
  ),
});
export type AgencyStatus = z.infer<typeof Statuses>['agencies'][number];
