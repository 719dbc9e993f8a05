import { sha256 } from '../../../protocol/digest.ts';
import { canonicalJson } from '../../../protocol/encoding.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import { affairOfAsk } from '../affair-of-ask.ts';
import { refuseWithoutCode, sameAsk } from '../inquire.ts';
import type { AgencyNode } from '../node.ts';
import type { Ask, Inquiry } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { checkAffair } from '../staff/authority.ts';
import { done } from '../staff/operations.ts';
import { resume } from './resume.ts';

/**
 * An inquiry made at a terminal: it waits for a supervisor’s approval, and nothing is asked before it.
 * With the same id and content it tells how far it has come; one that was approved and failed on the way goes on.
 * @throws RenkeiError not_authorised (not an affair of theirs), code_not_acquired, state_conflict
 */
export async function requestInquiry(
  node: AgencyNode,
  by: StaffMember,
  asked: Ask,
): Promise<Inquiry> {
  const ask = await withinAuthority(node, by, asked);
  const known = node.store.read.inquiry(ask.id);
  if (known) {
    if (known.byKind !== 'staff' || known.by !== by.id || !sameAsk(known, ask)) throw taken();
    return known.state === 'open' ? await resume(node, known) : known;
  }
  if (node.store.read.codeOf(ask.integratedAddressNumber) === undefined) {
    await refuseWithoutCode(node, ask);
  }
  const inquiry: Inquiry = {
    ...ask,
    state: 'requested',
    by: by.id,
    byKind: 'staff',
    createdAt: node.clock.now(),
  };
  await node.store.transact((tx) => {
    if (tx.inquiry(ask.id)) throw taken();
    tx.addInquiry(inquiry);
    const { integratedAddressNumber: person, affair, information } = ask;
    tx.note(done(node, by, 'inquiries.ask', { person, affair, information }));
  });
  const { id, item, information } = ask;
  node.observe({
    kind: 'inquiry',
    from: `staff ${by.id}`,
    to: node.code,
    ids: [id],
    outcome: 'approval_required',
    facts: { ...(item !== undefined && { item }), information },
  });
  return inquiry;
}

/** Whoever is limited to affairs asks for one of theirs by name, so that the gateway permits that one only. */
async function withinAuthority(node: AgencyNode, by: StaffMember, ask: Ask): Promise<Ask> {
  if (by.authority.affairs === 'all') return ask;
  const affair = await affairOfAsk(node, ask);
  checkAffair(by, affair);
  return { ...ask, affair };
}

/** What the approver was shown: only that is approved. */
export const askDigest = (it: Inquiry): string =>
  sha256(
    canonicalJson({
      ...{ id: it.id, by: it.by, person: it.integratedAddressNumber, provider: it.provider },
      affair: it.affair ?? null,
      item: it.item ?? null,
      information: it.information,
      from: it.period?.from ?? null,
      until: it.period?.until ?? null,
      ...(it.nonDisclosable && { nonDisclosable: true }),
    }),
  );

const taken = () =>
  new RenkeiError('state_conflict', {
    ja: '同じ番号の別の照会があります',
    en: 'Another inquiry has this id',
  });
