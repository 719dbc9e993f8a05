import { RenkeiError } from '../../../protocol/errors.ts';
import type { Caller } from '../authority/caller.ts';
import { access } from '../log/access.ts';
import type { AddressNumberTx } from '../ports.ts';
import type { AddressNumbers } from '../system.ts';
import { carry } from './carry.ts';
import { checkPlan } from './check-plan.ts';
import type { Change } from './ports.ts';
import { personsOf } from './under-change.ts';

/**
 * Another person approves a change, and it is carried out: at the node first, then here. Once this has begun it
 * comes to its end, whatever fails on the way: it is asked for again until the node has followed.
 * @throws RenkeiError approval_by_same_person, state_conflict (also when the node cannot follow: then the change is
 *   `returned`), provider_unavailable (approved; carried out when the node is back)
 */
export async function approve(system: AddressNumbers, caller: Caller, id: string): Promise<Change> {
  const asked = { operation: 'changes.approve', subject: id } as const;
  const approved = await access(system, caller, asked, (tx, about) => {
    const change = theChange(tx, id);
    if (change.state === 'approved' || change.state === 'done') return change;
    if (change.state !== 'proposed') throw new RenkeiError('state_conflict');
    if (change.proposedBy === caller.id) throw new RenkeiError('approval_by_same_person');
    checkPlan(tx, change.plan, id);
    const update = {
      state: 'approved',
      decidedBy: caller.id,
      decidedAt: system.clock.now(),
    } as const;
    tx.updateChange(id, update);
    for (const person of personsOf(change.plan)) about({ person });
    return { ...change, ...update };
  });
  return approved.state === 'done' ? approved : await carry(system, id);
}

/** It is not to be; whoever proposed it may say so as well. @throws RenkeiError not_found, state_conflict */
export function decline(system: AddressNumbers, caller: Caller, id: string): Promise<Change> {
  const asked = { operation: 'changes.decline', subject: id } as const;
  return access(system, caller, asked, (tx, about) => {
    const change = theChange(tx, id);
    if (change.state !== 'proposed') throw new RenkeiError('state_conflict');
    const update = {
      state: 'declined',
      decidedBy: caller.id,
      decidedAt: system.clock.now(),
    } as const;
    tx.updateChange(id, update);
    for (const person of personsOf(change.plan)) about({ person });
    return { ...change, ...update };
  });
}

function theChange(tx: AddressNumberTx, id: string): Change {
  const change = tx.change(id);
  if (!change) throw new RenkeiError('not_found');
  return change;
}
