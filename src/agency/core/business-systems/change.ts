import { RenkeiError } from '../../../protocol/errors.ts';
import type { Rate, SystemEntry } from '../../../protocol/node-api/business-systems.ts';
import type { AgencyNode, Principal } from '../node.ts';
import { done } from '../staff/operations.ts';
import type { BusinessSystem } from './business-system.ts';

type Fields = Omit<SystemEntry, 'id' | 'rate'>;
/** What may be said anew of a system; `rate: null` takes its limit away. */
export type SystemChange = { readonly [Field in keyof Fields]?: Fields[Field] | undefined } & {
  readonly rate?: Rate | null | undefined;
  readonly state?: 'enabled' | 'disabled' | undefined;
};

/** Enters a business system. @throws RenkeiError state_conflict: an id is used once, also after a revocation */
export async function addSystem(
  node: AgencyNode,
  by: Principal,
  entry: SystemEntry,
): Promise<BusinessSystem> {
  const now = node.clock.now();
  const system: BusinessSystem = { ...entry, state: 'enabled', createdAt: now, changedAt: now };
  await node.store.transact((tx) => {
    if (tx.businessSystem(entry.id)) {
      throw new RenkeiError('state_conflict', {
        ja: 'この ID の業務システムは登録済みです',
        en: 'A business system has this id already',
      });
    }
    tx.putBusinessSystem(system);
    tx.note(done(node, by, 'business-systems.change', { subject: entry.id }));
  });
  return system;
}

/**
 * Changes an entry; it counts from the next request on. New keys, or being disabled, end the tokens it holds.
 * @throws RenkeiError not_found, state_conflict once it is revoked
 */
export function changeSystem(
  node: AgencyNode,
  by: Principal,
  id: string,
  change: SystemChange,
): Promise<BusinessSystem> {
  const told = Object.fromEntries(
    Object.entries(change)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, value ?? undefined]),
  );
  const ends = change.keys !== undefined || change.state === 'disabled';
  return replace(node, by, id, told, ends);
}

/** Ends a business system’s access for good, and all its tokens at once. @throws RenkeiError not_found */
export const revokeSystem = (
  node: AgencyNode,
  by: Principal,
  id: string,
): Promise<BusinessSystem> => replace(node, by, id, { state: 'revoked' }, true);

async function replace(
  node: AgencyNode,
  by: Principal,
  id: string,
  change: Partial<BusinessSystem>,
  endsTokens: boolean,
): Promise<BusinessSystem> {
  const changed = await node.store.transact((tx) => {
    const known = tx.businessSystem(id);
    if (!known) throw new RenkeiError('not_found');
    if (known.state === 'revoked') {
      throw new RenkeiError('state_conflict', {
        ja: '失効した業務システムは変更できません',
        en: 'A revoked business system stays as it is',
      });
    }
    const system = { ...known, ...change, changedAt: node.clock.now() };
    tx.putBusinessSystem(system);
    const ended = endsTokens ? tx.endAccessTokens(id) : 0;
    tx.note(done(node, by, 'business-systems.change', { subject: id, count: ended }));
    return system;
  });
  node.systems.forget(id);
  return changed;
}

/** Enters the systems that a node comes with and does not know yet; what staff changed since stays. */
export async function enterSystems(
  node: Pick<AgencyNode, 'store' | 'clock'>,
  entries: readonly SystemEntry[],
): Promise<void> {
  const now = node.clock.now();
  const missing = entries.filter(({ id }) => !node.store.read.businessSystem(id));
  if (missing.length === 0) return;
  await node.store.transact((tx) => {
    for (const entry of missing) {
      tx.putBusinessSystem({ ...entry, state: 'enabled', createdAt: now, changedAt: now });
    }
  });
}
