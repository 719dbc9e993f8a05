import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyTx } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { type Draft, digestOf, effectOf, type Proposal } from './draft.ts';
import type { Keeper } from './keeper.ts';

type Change = Parameters<AgencyTx['changeDraft']>[1];

/**
 * Another member of staff than the one who entered it has looked at a draft and finds it right. Checked again, by
 * whomever, the last check counts: what it replaces may have changed.
 * @param digest of what they were shown
 * @throws RenkeiError not_found, state_conflict (decided on already, or changed since it was shown),
 * approval_by_same_person
 */
export const checkDraft = (
  node: Keeper,
  by: Principal,
  id: string,
  digest: string,
): Promise<Draft> =>
  step(node, by, id, 'copies.check', (draft, tx, proposal) => {
    if (draft.state !== 'entered' && draft.state !== 'checked') throw conflict();
    mustDiffer(by, draft.enteredBy);
    if (digestOf(proposal, effectOf(tx, proposal).before) !== digest) throw changedSince();
    return { state: 'checked', checkedBy: by.id, checkedAt: node.clock.now(), seen: digest };
  });

/**
 * A third person approves, and the copy counts: what was checked, or nothing.
 * @throws RenkeiError approval_required (nobody has checked it), approval_by_same_person, state_conflict, not_found
 */
export const approveDraft = (
  node: Keeper,
  by: Principal,
  id: string,
  digest: string,
): Promise<Draft> =>
  step(node, by, id, 'copies.approve', (draft, tx, proposal) => {
    if (draft.state === 'entered') throw new RenkeiError('approval_required');
    if (draft.state !== 'checked') throw conflict();
    mustDiffer(by, draft.enteredBy);
    mustDiffer(by, draft.checkedBy);
    const { before, after } = effectOf(tx, proposal);
    const now = digestOf(proposal, before);
    if (now !== draft.seen || now !== digest) throw changedSince();
    if (after) tx.putCopy(after);
    else tx.deleteCopy(proposal);
    return { state: 'approved', decidedBy: by.id, decidedAt: node.clock.now() };
  });

/** Whoever looks into it turns a draft down, or who entered it takes it back. It never counts. */
export const rejectDraft = (
  node: Keeper,
  by: Principal,
  id: string,
  reason: string,
): Promise<Draft> =>
  step(node, by, id, 'copies.check', (draft) => {
    if (draft.state !== 'entered' && draft.state !== 'checked') throw conflict();
    return { state: 'rejected', decidedBy: by.id, decidedAt: node.clock.now(), reason };
  });

/** One step of a draft: judged, carried out and noted in one transaction. */
function step(
  node: Keeper,
  by: Principal,
  id: string,
  operation: 'copies.check' | 'copies.approve',
  take: (draft: Draft, tx: AgencyTx, proposal: Proposal) => Change,
): Promise<Draft> {
  return node.store.transact((tx) => {
    const draft = tx.draft(id);
    if (!draft) throw new RenkeiError('not_found');
    if (!draft.proposal) throw conflict();
    const change = take(draft, tx, draft.proposal);
    tx.changeDraft(id, change);
    const { integratedAddressNumber: person, information } = draft.key;
    tx.note(done(node, by, operation, { person, information }));
    return { ...draft, ...change };
  });
}

function mustDiffer(by: Principal, other: string | undefined): void {
  if (by.id !== other) return;
  throw new RenkeiError('approval_by_same_person', {
    ja: '入力者、確認者、承認者は三人の別の職員でなければなりません',
    en: 'Who enters, who checks and who approves must be three people',
  });
}

const conflict = () => new RenkeiError('state_conflict');

const changedSince = () =>
  new RenkeiError('state_conflict', {
    ja: '示された後に内容が変わりました。もう一度内容を見てください',
    en: 'It has changed since it was shown: look at it again',
  });
