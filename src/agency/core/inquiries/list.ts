import { RenkeiError } from '../../../protocol/errors.ts';
import { affairOfAsk } from '../affair-of-ask.ts';
import type { AgencyNode } from '../node.ts';
import type { Inquiry } from '../ports.ts';
import type { Principal, StaffMember } from '../principal.ts';
import { mayDo, servesAffair } from '../staff/authority.ts';
import { done } from '../staff/operations.ts';
import type { InquiryFilter, InquiryPlace, Whose } from './ports.ts';

export interface InquiryPage {
  readonly inquiries: readonly Inquiry[];
  /** Where the next page begins; none behind the last. */
  readonly next: InquiryPlace | undefined;
}

/**
 * Inquiries without their results, newest first: a business system’s own; a member of staff’s own; for those who
 * approve all that were made at terminals. What staff looked at is in the operation log.
 * @throws RenkeiError not_authorised for somebody else’s
 */
export async function listInquiries(
  node: AgencyNode,
  by: Principal,
  asked: Omit<InquiryFilter, 'whose'> & { readonly by?: string | undefined },
  after: InquiryPlace | undefined,
  limit: number,
): Promise<InquiryPage> {
  const filter = { ...asked, whose: whoseFor(by, asked) };
  const found = node.store.read.inquiriesBefore(filter, after, limit + 1);
  const page = found.slice(0, limit);
  const next = found.length > limit ? page.at(-1) : undefined;
  if (by.kind === 'business-system') return { inquiries: page, next };
  const inquiries = await withinAuthority(node, by, page);
  const { person } = asked;
  await node.store.transact((tx) =>
    tx.note(done(node, by, 'inquiries.show', { person, count: inquiries.length })),
  );
  return { inquiries, next };
}

function whoseFor(by: Principal, asked: Parameters<typeof listInquiries>[2]): Whose {
  const { by: named, unconfirmed } = asked;
  if (by.kind === 'business-system') {
    if (named !== undefined && named !== by.id) throw new RenkeiError('not_authorised');
    return { kind: by.kind, id: by.id };
  }
  // Whoever confirms is another than who took over: all see what waits for that.
  const all = mayDo(by.authority, 'inquiries.approve') || unconfirmed === true;
  if (named !== undefined && named !== by.id && !all) throw new RenkeiError('not_authorised');
  if (named !== undefined) return { kind: 'staff', id: named };
  return all ? { kind: 'staff' } : { kind: 'staff', id: by.id };
}

async function withinAuthority(
  node: AgencyNode,
  { authority }: StaffMember,
  page: readonly Inquiry[],
): Promise<readonly Inquiry[]> {
  if (authority.affairs === 'all') return page;
  const affairs = await Promise.all(
    page.map((each) => each.subject?.affair ?? affairOfAsk(node, each)),
  );
  return page.filter((_, at) => servesAffair(authority, affairs[at]));
}
