import type {
  PermissionItem,
  PermissionList,
  RoleTable,
} from '../../protocol/permission/schema.ts';

/**
 * What the law’s table says of one inquiry, read as a person reads it: item by item, name by name. It shares
 * nothing with what the gateway decides by, so that the one can be held against the other.
 */
export interface Reading {
  readonly decision: 'permit' | 'deny';
  readonly code?: string;
}

export interface Asked {
  readonly inquirer: string;
  readonly provider: string;
  readonly item: string;
  readonly information: string;
}

/** A role and every collective role that takes it in. */
export function rolesHeld(role: string, { members }: RoleTable): ReadonlySet<string> {
  const held = new Set([role]);
  for (const one of held) {
    for (const [collective, taken] of Object.entries(members)) {
      if (taken.includes(one)) held.add(collective);
    }
  }
  return held;
}

/** Reads one inquiry off a list. The first condition that fails, in the law’s order, names the refusal. */
export function readOff(list: PermissionList, roles: RoleTable, asked: Asked): Reading {
  const inquirer = rolesHeld(asked.inquirer, roles);
  const provider = rolesHeld(asked.provider, roles);
  const named = (names: readonly string[], held: ReadonlySet<string>) =>
    names.some((name) => held.has(name));
  const asks = (item: PermissionItem) => named(item.inquirers, inquirer);
  const item = list.items.find((each) => each.item === asked.item);
  if (!item) {
    return deny(list.items.some(asks) ? 'affair_not_listed' : 'inquirer_not_listed');
  }
  if (!asks(item)) return deny('inquirer_not_listed');
  const own = item.provisions.filter(({ providers }) => named(providers, provider));
  if (own.length === 0) return deny('provider_not_listed');
  const given = own.some(({ information }) =>
    information.some(({ name }) => name === asked.information),
  );
  return given ? { decision: 'permit' } : deny('information_not_listed');
}

const deny = (code: string): Reading => ({ decision: 'deny', code });
