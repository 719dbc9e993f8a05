import { z } from 'zod';
import { CopyRecord } from '../../protocol/plaintext.ts';

// What a node answers about copies, as far as it is shown.

export const Version = z.looseObject({
  integratedAddressNumber: z.string(),
  information: z.string(),
  published: z.string(),
  ended: z.string().optional(),
  inForce: z.boolean(),
  layoutVersion: z.string(),
  autoResponseDisabled: z.boolean(),
  nonDisclosable: z.boolean(),
  rows: z.int(),
});
export type Version = z.infer<typeof Version>;

export const CopyList = z.object({ copies: z.array(Version), next: z.string().optional() });

const Records = z.array(CopyRecord);
export const ShownCopy = z.object({
  copy: Version.extend({ records: Records }).optional(),
  versions: z.array(Version),
});

export const Draft = z.looseObject({
  id: z.string(),
  change: z.enum(['put', 'end', 'delete']),
  integratedAddressNumber: z.string(),
  information: z.string(),
  published: z.string(),
  state: z.enum(['entered', 'checked', 'approved', 'rejected']),
  enteredBy: z.string(),
  enteredAt: z.string(),
  checkedBy: z.string().optional(),
  decidedBy: z.string().optional(),
  reason: z.string().optional(),
});
export type Draft = z.infer<typeof Draft>;

export const DraftList = z.object({ drafts: z.array(Draft), next: z.string().optional() });

const Side = z.looseObject({
  published: z.string(),
  ended: z.string().optional(),
  layoutVersion: z.string(),
  autoResponseDisabled: z.boolean(),
  nonDisclosable: z.boolean(),
  records: Records,
});
export type Side = z.infer<typeof Side>;

export const ShownDraft = z.object({
  draft: Draft,
  before: Side.optional(),
  after: Side.optional(),
  differences: z.array(
    z.object({
      kind: z.enum(['added', 'removed', 'changed']),
      before: z.int().optional(),
      after: z.int().optional(),
      items: z.array(z.string()).optional(),
    }),
  ),
  digest: z.string(),
});
export type ShownDraft = z.infer<typeof ShownDraft>;
