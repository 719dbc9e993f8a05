import { z } from 'zod';
import { KeptView } from './retention.ts';

const CopyStatus = z.strictObject({
  version: z.int(),
  issuedAt: z.string().optional().describe('When the gateway signed it; absent: there is none'),
  ageSeconds: z.int().optional(),
  expiresAt: z.string(),
  stale: z.boolean(),
});
export type CopyStatus = z.infer<typeof CopyStatus>;

export const KeyStatus = z.strictObject({
  current: z.string().describe('The key id that signs now'),
  since: z.string().optional().describe('Absent for the key that the node came with'),
  retiring: z
    .strictObject({ kid: z.string(), retiresAt: z.string().optional() })
    .optional()
    .describe('The key before it, which counts on for the overlap'),
  announced: z.string().optional().describe('A key that the gateway does not know yet'),
});

export const StatusView = z.strictObject({
  agency: z.string(),
  providing: z
    .boolean()
    .describe('Whether it provides: not while its copy of list or directory is stale'),
  permissionLists: CopyStatus,
  directory: CopyStatus,
  keys: KeyStatus,
  reviews: z.strictObject({
    pending: z.int(),
    overdue: z.int().describe('Past their due date'),
  }),
  ...KeptView.shape,
  approvals: z
    .strictObject({
      inquiries: z.int().describe('Made at terminals'),
      batches: z.int(),
      drafts: z.int().describe('Copies by hand, entered or checked'),
      corrections: z.int().describe('Of records, asked for or proposed'),
      media: z.int().describe('External media, asked for or reported as returned'),
    })
    .describe('What waits for an approval, besides reviews'),
  media: z
    .strictObject({ lent: z.int(), overdue: z.int().describe('Of them, past their last day') })
    .describe('External media that somebody has'),
  openInquiries: z.int(),
  outgoing: z.int(),
  copies: z
    .array(
      z.strictObject({
        information: z.string(),
        reconciledAt: z.string().optional().describe('None: never'),
        ageSeconds: z.int().optional(),
        differences: z.int().optional().describe('Found then'),
      }),
    )
    .describe('Per kind of information held, how long ago it was compared with its originals'),
});
export type StatusView = z.infer<typeof StatusView>;

/** The node’s copies of list and directory, and what waits. */
export const status = { path: '/v1/status', responses: { 200: StatusView } } as const;
