import { utf8 } from '../../../protocol/encoding.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import { affairOfAsk } from '../affair-of-ask.ts';
import { sealAtRest } from '../at-rest.ts';
import type { AgencyNode } from '../node.ts';
import type { AgencyTx, Inquiry, InquiryChange } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { checkAffair } from '../staff/authority.ts';
import { done, type OperationName } from '../staff/operations.ts';
import { keepUntil } from './keep-until.ts';
import { askDigest } from './request.ts';
import { resume } from './resume.ts';

/**
 * A supervisor other than who asked approves what they were shown, and the inquiry is sent. That the
 * approval took effect does not depend on what becomes of the inquiry: it is `open` if it failed on the way.
 * @param digest of the inquiry as it was shown
 * @throws RenkeiError not_found, not_authorised, approval_by_same_person, state_conflict
 */
export async function approveInquiry(
  node: AgencyNode,
  by: StaffMember,
  id: string,
  digest: string,
): Promise<Inquiry> {
  const approved = await decide(node, by, id, 'inquiries.approve', (inquiry) => {
    if (askDigest(inquiry) !== digest) {
      throw new RenkeiError('state_conflict', {
        ja: '示された照会と異なります。もう一度内容を見てください',
        en: 'This is not the inquiry that was shown: look at it again',
      });
    }
    return { state: 'approved', approver: by.id, decidedAt: node.clock.now() };
  });
  return await resume(node, approved).catch((error: unknown) => {
    const now = node.store.read.inquiry(id);
    if (error instanceof RenkeiError && now) return now;
    throw error;
  });
}

/** A supervisor other than who asked declines, and says why: nothing is sent. @throws RenkeiError as `approveInquiry` */
export const declineInquiry = (
  node: AgencyNode,
  by: StaffMember,
  id: string,
  reason: string,
): Promise<Inquiry> =>
  decide(node, by, id, 'inquiries.decline', () => ({
    state: 'declined',
    approver: by.id,
    decidedAt: node.clock.now(),
    declineReason: sealAtRest(node, 'decline_reason', id, utf8(reason)),
    deleteAt: keepUntil(node),
  }));

async function decide(
  node: AgencyNode,
  by: StaffMember,
  id: string,
  operation: OperationName,
  judge: (inquiry: Inquiry) => InquiryChange,
): Promise<Inquiry> {
  const shown = node.store.read.inquiry(id);
  if (shown?.byKind !== 'staff') throw new RenkeiError('not_found');
  if (by.authority.affairs !== 'all') checkAffair(by, await affairOfAsk(node, shown));
  return await node.store.transact((tx: AgencyTx) => {
    const inquiry = tx.inquiry(id);
    if (inquiry?.state !== 'requested') throw new RenkeiError('state_conflict');
    // Two different people, whatever their roles.
    if (inquiry.by === by.id) {
      throw new RenkeiError('approval_by_same_person', {
        ja: '照会した職員と承認する職員は別でなければなりません',
        en: 'Who asks and who approves must differ',
      });
    }
    const change = judge(inquiry);
    tx.changeInquiry(id, change);
    const { integratedAddressNumber: person, affair, information } = inquiry;
    tx.note(done(node, by, operation, { person, affair, information }));
    return { ...inquiry, ...change };
  });
}
