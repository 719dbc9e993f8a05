import { z } from 'zod';
import { CopyRecord } from '../../protocol/plaintext.ts';

// What a node answers about inquiries, as far as it is shown.

export const Inquiry = z.looseObject({
  id: z.string(),
  state: z.string(),
  by: z.string(),
  createdAt: z.string(),
  integratedAddressNumber: z.string(),
  provider: z.string(),
  affair: z.string().optional(),
  item: z.string().optional(),
  information: z.string(),
  period: z.object({ from: z.string().optional(), until: z.string().optional() }).optional(),
  exchange: z.string().optional(),
  code: z.string().optional(),
  reason: z.string().optional(),
  answer: z.object({ layoutVersion: z.string(), records: z.array(CopyRecord) }).optional(),
  deleteAt: z.string().optional(),
  deletedAt: z.string().optional(),
  digest: z.string().optional(),
  approver: z.string().optional(),
  declineReason: z.string().optional(),
  takenOverBy: z.string().optional(),
  confirmedBy: z.string().optional(),
});
export type Inquiry = z.infer<typeof Inquiry>;

export const InquiryList = z.object({
  inquiries: z.array(Inquiry),
  next: z.string().optional(),
});
