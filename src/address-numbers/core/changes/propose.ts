import { RenkeiError } from '../../../protocol/errors.ts';
import type { Caller } from '../authority/caller.ts';
import { access } from '../log/access.ts';
import { freshNumber } from '../persons/register.ts';
import type { AddressNumberTx } from '../ports.ts';
import type { AddressNumbers } from '../system.ts';
import { checkPlan, type MergeProposal, mergePlan } from './check-plan.ts';
import type { Change, ChangeState, Plan, SplitPlan } from './ports.ts';
import { notUnderChange, personsOf } from './under-change.ts';

export type SplitProposal = Omit<SplitPlan, 'to'> & {
  /** A number that had been merged into `from`; a new one if left out. */
  readonly to?: string | undefined;
};

/**
 * Proposes a merge or a split. Nothing happens yet: somebody else has to approve it.
 * @throws RenkeiError not_found, state_conflict
 */
export function propose(
  system: AddressNumbers,
  caller: Caller,
  proposal: MergeProposal | SplitProposal,
): Promise<Change> {
  return access(system, caller, { operation: 'changes.propose' }, (tx, about) => {
    const plan = planOf(system, tx, proposal);
    const change: Change = {
      id: system.newId(),
      plan,
      state: 'proposed',
      proposedBy: caller.id,
      proposedAt: system.clock.now(),
    };
    tx.addChange(change);
    for (const person of personsOf(plan)) about({ person, subject: change.id });
    return change;
  });
}

function planOf(
  system: AddressNumbers,
  tx: AddressNumberTx,
  proposal: MergeProposal | SplitProposal,
): Plan {
  if (proposal.kind === 'merge') {
    notUnderChange(tx, [proposal.stays, proposal.goes]);
    return mergePlan(tx, proposal);
  }
  if (proposal.to !== undefined && tx.person(proposal.to)?.mergedInto !== proposal.from) {
    throw new RenkeiError('state_conflict', {
      ja: '分離先に指定できるのは、この番号に統合されていた番号だけです',
      en: 'Only a number that had been merged into this one can be split off again',
    });
  }
  const to = proposal.to ?? freshNumber(tx, system.randomness);
  return checkPlan(tx, { ...proposal, to });
}

/** Merges and splits in these states. */
export const showChanges = (
  system: AddressNumbers,
  caller: Caller,
  states: readonly ChangeState[],
): Promise<readonly Change[]> =>
  access(system, caller, { operation: 'changes.show' }, (tx) => tx.changes(states));

/** @throws RenkeiError not_found */
export const showChange = (system: AddressNumbers, caller: Caller, id: string): Promise<Change> => {
  const asked = { operation: 'changes.show', subject: id } as const;
  return access(system, caller, asked, (tx, about) => {
    const change = tx.change(id);
    if (!change) throw new RenkeiError('not_found');
    for (const person of personsOf(change.plan)) about({ person });
    return change;
  });
};

/** Persons whose reading, birth date and sex are those of somebody: they may be registered twice. */
export const showAlike = (
  system: AddressNumbers,
  caller: Caller,
  person: string,
): Promise<readonly string[]> =>
  access(system, caller, { operation: 'changes.show', person }, (tx, about) => {
    if (!tx.person(person)) throw new RenkeiError('not_found');
    const alike = tx.alike(person);
    for (const each of [person, ...alike]) about({ person: each });
    return alike;
  });
