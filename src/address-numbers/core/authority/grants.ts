import { RenkeiError } from '../../../protocol/errors.ts';
import { access } from '../log/access.ts';
import type { AddressNumbers } from '../system.ts';
import type { Caller } from './caller.ts';
import type { Grant } from './ports.ts';

export type GrantWanted = Pick<Grant, 'kind' | 'caller' | 'department' | 'affairs' | 'rights'>;

/** All grants and all callers, to be printed and gone through. */
export function showGrants(
  system: AddressNumbers,
  caller: Caller,
): Promise<{ readonly callers: readonly Caller[]; readonly grants: readonly Grant[] }> {
  return access(system, caller, { operation: 'grants.show' }, (tx) => ({
    callers: system.callers,
    grants: tx.grants(),
  }));
}

/**
 * Gives a grant. Nobody gives one to themselves.
 * @throws RenkeiError not_found for a caller who is not there, approval_by_same_person
 */
export function giveGrant(
  system: AddressNumbers,
  caller: Caller,
  wanted: GrantWanted,
): Promise<Grant> {
  return access(system, caller, { operation: 'grants.give' }, (tx, about) => {
    if (!system.callers.some(({ kind, id }) => kind === wanted.kind && id === wanted.caller)) {
      throw new RenkeiError('not_found', {
        ja: 'その利用者はいません',
        en: 'There is no such caller',
      });
    }
    if (wanted.kind === caller.kind && wanted.caller === caller.id) {
      throw new RenkeiError('approval_by_same_person', {
        ja: '自分自身に許可を与えることはできません',
        en: 'Nobody gives a grant to themselves',
      });
    }
    const grant = {
      id: system.newId(),
      ...wanted,
      givenBy: caller.id,
      givenAt: system.clock.now(),
    };
    tx.addGrant(grant);
    about({ subject: grant.id });
    return grant;
  });
}

/** Withdraws one grant, at once. @throws RenkeiError not_found, state_conflict */
export function withdrawGrant(system: AddressNumbers, caller: Caller, id: string): Promise<void> {
  const asked = { operation: 'grants.withdraw', subject: id } as const;
  return access(system, caller, asked, (tx) => {
    const grant = tx.grant(id);
    if (!grant) throw new RenkeiError('not_found');
    if (grant.withdrawnAt !== undefined) throw new RenkeiError('state_conflict');
    tx.withdrawGrant(id, caller.id, system.clock.now());
  });
}

/** Withdraws all that somebody has, when they leave or move. @returns how many */
export function withdrawAll(
  system: AddressNumbers,
  caller: Caller,
  { kind, caller: whose }: Pick<Grant, 'kind' | 'caller'>,
): Promise<number> {
  return access(system, caller, { operation: 'grants.withdraw' }, (tx, about) => {
    const grants = tx.grantsOf(kind, whose);
    for (const { id } of grants) {
      tx.withdrawGrant(id, caller.id, system.clock.now());
      about({ subject: id });
    }
    return grants.length;
  });
}
