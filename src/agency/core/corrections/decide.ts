import { numericDate } from '../../../protocol/day.ts';
import { sha256 } from '../../../protocol/digest.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import { GATEWAY } from '../../../protocol/identifiers.ts';
import { signMessage } from '../../../protocol/message.ts';
import {
  type Correction,
  correction,
  correctionFacts,
} from '../../../protocol/messages/correction.ts';
import type { AgencyNode } from '../node.ts';
import type { StaffMember } from '../principal.ts';
import { done } from '../staff/operations.ts';
import type { OwnCorrection } from './ports.ts';
import { aboutCorrection, findCorrection } from './propose.ts';
import { sendCorrections } from './send.ts';

/**
 * Another member of staff approves: the correction is on record here, and on its way to the gateway and the other agency
 * (番号法31条).
 * @throws RenkeiError not_found, approval_required (nobody has taken it up), approval_by_same_person, state_conflict
 */
export const approveCorrection = (
  node: AgencyNode,
  by: StaffMember,
  id: string,
): Promise<OwnCorrection> => decide(node, by, id, 'approved');

/** Somebody turns it down. Who asked for it as the person concerned is told; a proposal of staff’s own just ends. */
export const declineCorrection = (
  node: AgencyNode,
  by: StaffMember,
  id: string,
): Promise<OwnCorrection> => decide(node, by, id, 'declined');

async function decide(
  node: AgencyNode,
  by: StaffMember,
  id: string,
  state: 'approved' | 'declined',
): Promise<OwnCorrection> {
  const found = findCorrection(node.store.read, by, id);
  mayDecide(found, by);
  const claims: Correction = {
    iss: node.code,
    aud: GATEWAY,
    jti: node.newId(),
    iat: numericDate(node.clock.now()),
    exchange: found.exchange,
    inquirer: found.inquirer,
    provider: found.provider,
    corrects: found.corrects,
    ...(state === 'approved' && { facts: found.facts }),
    ...(found.request !== undefined && { request: found.request }),
  };
  const isTold = state === 'approved' || found.request !== undefined;
  const message = isTold ? await signMessage(correction, claims, node.signer) : undefined;
  const decided = await node.store.transact((tx) => {
    const now = findCorrection(tx, by, id);
    mayDecide(now, by);
    const at = node.clock.now();
    const change = { state, decidedBy: by.id, decidedAt: at, message, told: false };
    tx.changeCorrection(id, change);
    if (message !== undefined) {
      tx.record({ ...correctionFacts(claims, sha256(message)), at, message: claims.jti });
    }
    const operation = state === 'approved' ? 'corrections.approve' : 'corrections.decline';
    tx.note(done(node, by, operation, aboutCorrection(now)));
    return { ...now, ...change };
  });
  if (message !== undefined) node.background(sendCorrections(node));
  return decided;
}

function mayDecide({ state, proposedBy }: OwnCorrection, by: StaffMember): void {
  if (state === 'requested') throw new RenkeiError('approval_required');
  if (state !== 'proposed') throw new RenkeiError('state_conflict');
  if (proposedBy !== by.id) return;
  throw new RenkeiError('approval_by_same_person', {
    ja: '起案した職員とは別の職員が決定しなければなりません',
    en: 'Somebody else than who proposed it must decide',
  });
}
