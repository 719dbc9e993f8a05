import { GOES_ON, type InquiryView } from '../../protocol/node-api/inquiries.ts';
import { declineReasonOf, resultOf } from '../core/at-rest.ts';
import { askDigest } from '../core/inquiries/request.ts';
import type { AgencyNode } from '../core/node.ts';
import type { Inquiry } from '../core/ports.ts';

/** @param withResult opens the answer and what else came of it; lists do without */
export const viewOf = (node: AgencyNode, inquiry: Inquiry, withResult = true): InquiryView => ({
  id: inquiry.id,
  state: inquiry.state,
  by: inquiry.by,
  createdAt: new Date(inquiry.createdAt).toISOString(),
  integratedAddressNumber: inquiry.integratedAddressNumber,
  provider: inquiry.provider,
  affair: inquiry.subject?.affair ?? inquiry.affair,
  item: inquiry.subject?.item ?? inquiry.item,
  list: inquiry.subject?.list,
  information: inquiry.information,
  period: inquiry.period,
  nonDisclosable: inquiry.nonDisclosable,
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
