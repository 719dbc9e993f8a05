import type { AgencyNode } from '../node.ts';
import type { StaffMember } from '../principal.ts';
import { done } from '../staff/operations.ts';
import type { SigningKey } from './ports.ts';

/** The keys of the node, the latest first; that they were looked at is in the operation log. */
export async function listKeys(node: AgencyNode, by: StaffMember): Promise<readonly SigningKey[]> {
  const { known } = node.keys;
  await node.store.transact((tx) => tx.note(done(node, by, 'keys.show', { count: known.length })));
  return known;
}
