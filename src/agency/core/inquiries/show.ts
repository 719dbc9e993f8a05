import { RenkeiError } from '../../../protocol/errors.ts';
import { affairOfAsk } from '../affair-of-ask.ts';
import type { AgencyNode } from '../node.ts';
import { personOf } from '../obtain-permit.ts';
import type { Inquiry } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { mayDo, servesAffair } from '../staff/authority.ts';
import { done } from '../staff/operations.ts';

/** An inquiry as it may be shown to somebody: with its result, or without. */
export interface Shown {
  readonly inquiry: Inquiry;
  readonly withResult: boolean;
}

/**
 * Shows an inquiry of a terminal: its result to who asked, to who approved, and to who confirms what was taken
 * over by hand; without it to supervisors, who approve. Each look is in the operation log with the person, and
 * one at the answer on record.
 * @throws RenkeiError not_found, also where there is one that they may not see
 */
export async function showInquiry(node: AgencyNode, by: StaffMember, id: string): Promise<Shown> {
  const found = node.store.read.inquiry(id);
  const shown = found && (await shownTo(node, by, found));
  if (!shown) throw new RenkeiError('not_found');
  const { inquiry, withResult } = shown;
  const { integratedAddressNumber: person, affair, information, exchange } = inquiry;
  await node.store.transact((tx) => {
    tx.note(done(node, by, 'inquiries.show', { person, affair, information, exchange }));
    if (!withResult || !inquiry.result) return;
    tx.record({
      kind: 'content_shown',
      at: node.clock.now(),
      ...(exchange !== undefined && { exchange }),
      ...inquiry.subject,
      ...(inquiry.requestedAt !== undefined && { requestedAt: inquiry.requestedAt }),
      ...personOf(node, inquiry),
      staff: by.id,
    });
  });
  return shown;
}

/** What somebody may see of an inquiry; undefined: not even that it is there. */
export async function shownTo(
  node: AgencyNode,
  by: StaffMember,
  inquiry: Inquiry,
): Promise<Shown | undefined> {
  if (inquiry.byKind !== 'staff') return undefined;
  const { affairs } = by.authority;
  if (affairs !== 'all') {
    const affair = inquiry.subject?.affair ?? (await affairOfAsk(node, inquiry));
    if (!servesAffair(by.authority, affair)) return undefined;
  }
  const { takenOverBy, confirmedBy } = inquiry;
  const theirs = [inquiry.by, inquiry.approver, takenOverBy, confirmedBy].includes(by.id);
  // Somebody else confirms what was taken over, and needs to see it.
  if (theirs || (takenOverBy !== undefined && confirmedBy === undefined)) {
    return { inquiry, withResult: true };
  }
  return mayDo(by.authority, 'inquiries.approve') ? { inquiry, withResult: false } : undefined;
}
