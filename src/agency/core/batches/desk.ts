import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { Principal, StaffMember } from '../principal.ts';
import { servesAffair } from '../staff/authority.ts';
import { done } from '../staff/operations.ts';
import type { Batch, BatchChange, BatchState } from './ports.ts';
import { runBatch } from './run.ts';

/**
 * Whether somebody may see a batch: a business system its own, staff those of staff whose affairs are all theirs.
 */
export const sees = (by: Principal, batch: Batch): boolean =>
  by.kind === 'staff'
    ? batch.by.kind === 'staff' && batch.affairs.every((each) => servesAffair(by.authority, each))
    : batch.by.kind === 'business-system' && batch.by.id === by.id;

/** An accepted batch, as this caller may see it. @throws RenkeiError not_found */
export function batchFor(node: AgencyNode, by: Principal, id: string): Batch {
  const batch = node.store.read.batch(id);
  // Nobody learns that there is one which is not theirs.
  if (!batch || batch.state === 'checking' || !sees(by, batch)) throw new RenkeiError('not_found');
  return batch;
}

/**
 * A supervisor approves a batch that a colleague sent, and it begins; or declines it.
 * @throws RenkeiError not_found, state_conflict, approval_by_same_person
 */
export async function decideBatch(
  node: AgencyNode,
  by: StaffMember,
  id: string,
  decision: 'approve' | 'decline',
): Promise<Batch> {
  const approved = decision === 'approve';
  const batch = await change(node, by, id, ['awaiting_approval'], (found) => {
    if (found.by.id === by.id) throw new RenkeiError('approval_by_same_person');
    return approved
      ? { state: 'running', approver: by.id }
      : { state: 'declined', approver: by.id, endedAt: node.clock.now() };
  });
  if (approved) node.background(runBatch(node, id));
  return batch;
}

/** Asks no further row; what is under way comes to its end. @throws RenkeiError not_found, state_conflict */
export async function stopBatch(node: AgencyNode, by: Principal, id: string): Promise<Batch> {
  const batch = await change(node, by, id, ['running'], () => ({
    state: 'stopped',
    endedAt: node.clock.now(),
  }));
  node.batches.stop(id);
  return batch;
}

/** Goes on with what is left: rows not asked yet, open, or failed. @throws RenkeiError not_found, state_conflict */
export async function resumeBatch(node: AgencyNode, by: Principal, id: string): Promise<Batch> {
  const batch = await change(node, by, id, ['stopped', 'finished'], () => ({
    state: 'running',
    endedAt: undefined,
    code: undefined,
  }));
  node.background(afterTheLast(node, id));
  return batch;
}

async function afterTheLast(node: AgencyNode, id: string): Promise<void> {
  await node.batches.find(id)?.over.promise;
  await runBatch(node, id);
}

function change(
  node: AgencyNode,
  by: Principal,
  id: string,
  from: readonly BatchState[],
  to: (found: Batch) => BatchChange,
): Promise<Batch> {
  batchFor(node, by, id);
  return node.store.transact((tx) => {
    const found = tx.batch(id);
    if (!found) throw new RenkeiError('not_found');
    if (!from.includes(found.state)) throw new RenkeiError('state_conflict');
    const changed = { ...found, ...to(found) };
    tx.changeBatch(id, changed);
    if (changed.state === 'running' && found.state !== 'awaiting_approval') tx.retryFailedRows(id);
    const operation = found.state === 'awaiting_approval' ? 'inquiries.approve' : 'inquiries.batch';
    tx.note(done(node, by, operation, { count: found.rows }));
    return changed;
  });
}
