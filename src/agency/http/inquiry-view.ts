import { z } from 'zod';
import { Id, IntegratedAddressNumber, NumericDate } from '../../protocol/identifiers.ts';
import { RefusalReason } from '../../protocol/messages/answer.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import type { Inquiry } from '../core/ports.ts';

/** An inquiry as the business system sees it. */
export const InquiryView = z.strictObject({
  id: Id,
  state: z.enum([
    'asking',
    'permitted',
    'pending',
    'open',
    'denied',
    'lapsed',
    'provided',
    'no_record',
    'refused',
  ]),
  integratedAddressNumber: IntegratedAddressNumber,
  provider: z.string(),
  affair: z.string().optional(),
  item: z.string().optional(),
  list: z.string().optional(),
  information: z.string(),
  exchange: Id.optional(),
  code: z.string().optional().describe('Why it was refused or stays open'),
  reason: RefusalReason.optional().describe('Why the provider refused'),
  requestedAt: NumericDate.optional(),
  answeredAt: NumericDate.optional(),
  answer: z
    .strictObject({ layoutVersion: z.string(), records: z.array(CopyRecord) })
    .optional()
    .describe('The opened answer'),
  deleteAt: z.string().optional().describe('When the result is deleted (R-208)'),
});
export type InquiryView = z.infer<typeof InquiryView>;

export const viewOf = (inquiry: Inquiry): InquiryView => ({
  id: inquiry.id,
  state: inquiry.state,
  integratedAddressNumber: inquiry.integratedAddressNumber,
  provider: inquiry.provider,
  affair: inquiry.subject?.affair ?? inquiry.affair,
  item: inquiry.subject?.item ?? inquiry.item,
  list: inquiry.subject?.list,
  information: inquiry.information,
  exchange: inquiry.exchange,
  code: inquiry.code,
  reason: inquiry.reason,
  requestedAt: inquiry.requestedAt,
  answeredAt: inquiry.answeredAt,
  answer: inquiry.result === undefined ? undefined : JSON.parse(inquiry.result),
  deleteAt: inquiry.deleteAt === undefined ? undefined : new Date(inquiry.deleteAt).toISOString(),
});
