import { z } from 'zod';
import {
  Digest,
  Id,
  IntegratedAddressNumber,
  NumericDate,
  Period,
} from '../../protocol/identifiers.ts';
import { RefusalReason } from '../../protocol/outcome.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { declineReasonOf, resultOf } from '../core/at-rest.ts';
import { askDigest } from '../core/inquiries/request.ts';
import type { AgencyNode } from '../core/node.ts';
import type { Inquiry } from '../core/ports.ts';

export const INQUIRY_STATES = [
  'requested',
  'approved',
  'declined',
  'asking',
  'permitted',
  'pending',
  'open',
  'denied',
  'lapsed',
  'provided',
  'no_record',
  'refused',
] as const;

/** Those that go on: they are answered with 202. */
const GOES_ON: readonly Inquiry['state'][] = [
  'requested',
  'approved',
  'asking',
  'permitted',
  'pending',
  'open',
];

/** An inquiry as whoever made it, or decides on it, sees it. */
export const InquiryView = z.strictObject({
  id: Id,
  state: z.enum(INQUIRY_STATES),
  by: z.string().optional().describe('Who made it: a business system or a member of staff'),
  createdAt: z.string().optional(),
  integratedAddressNumber: IntegratedAddressNumber,
  provider: z.string(),
  affair: z.string().optional(),
  item: z.string().optional(),
  list: z.string().optional(),
  information: z.string(),
  period: Period.optional(),
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
  deletedAt: z.string().optional(),
  digest: Digest.optional().describe('Of what would be asked; to be sent with `approve`'),
  approver: z.string().optional().describe('Who approved or declined it (R-301)'),
  decidedAt: z.string().optional(),
  declineReason: z.string().optional(),
  takenOverBy: z.string().optional().describe('Who registered the result by hand (R-304)'),
  takenOverAt: z.string().optional(),
  confirmedBy: z.string().optional(),
  confirmedAt: z.string().optional(),
});
export type InquiryView = z.infer<typeof InquiryView>;

/** @param withResult opens the answer and what else came of it; lists do without */
export const viewOf = (node: AgencyNode, inquiry: Inquiry, withResult = true): InquiryView => ({
  id: inquiry.id,
  state: inquiry.state,
  by: inquiry.by,
  createdAt: timeOf(inquiry.createdAt),
  integratedAddressNumber: inquiry.integratedAddressNumber,
  provider: inquiry.provider,
  affair: inquiry.subject?.affair ?? inquiry.affair,
  item: inquiry.subject?.item ?? inquiry.item,
  list: inquiry.subject?.list,
  information: inquiry.information,
  period: inquiry.period,
  exchange: inquiry.exchange,
  code: inquiry.code,
  reason: inquiry.reason,
  requestedAt: inquiry.requestedAt,
  answeredAt: inquiry.answeredAt,
  answer: withResult ? answerOf(resultOf(node, inquiry)) : undefined,
  deleteAt: timeOf(inquiry.deleteAt),
  deletedAt: timeOf(inquiry.deletedAt),
  digest: inquiry.state === 'requested' ? askDigest(inquiry) : undefined,
  approver: inquiry.approver,
  decidedAt: timeOf(inquiry.decidedAt),
  declineReason: withResult ? declineReasonOf(node, inquiry) : undefined,
  takenOverBy: inquiry.takenOverBy,
  takenOverAt: timeOf(inquiry.takenOverAt),
  confirmedBy: inquiry.confirmedBy,
  confirmedAt: timeOf(inquiry.confirmedAt),
});

/** An inquiry as an answer: 200 when it has an end, 202 while it goes on. */
export const inquiryReply = (node: AgencyNode, inquiry: Inquiry, withResult = true) => ({
  status: GOES_ON.includes(inquiry.state) ? (202 as const) : (200 as const),
  body: viewOf(node, inquiry, withResult),
});

const answerOf = (result: string | undefined) =>
  result === undefined ? undefined : JSON.parse(result);

const timeOf = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString();
