import { checkRoles, checkTogether } from './check.ts';
import { type CompiledList, compileList } from './compile-list.ts';
import { rolesUpward } from './role-table.ts';
import type { PermissionList, RoleTable } from './schema.ts';

/** Everything that decisions need, made once from the law's tables and never changed. */
export interface Permission {
  readonly lists: readonly CompiledList[];
  readonly listOf: ReadonlyMap<string, CompiledList>;
  /** Every role that a list or the role table names, with all roles that its holder holds. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/**
 * Makes lists and role table ready to decide by: once, in a few milliseconds. The lists are
 * shared, not copied. Throws PermissionListInvalid if lists overlap or contradict each other, or if
 * roles go in a circle.
 */
export function compilePermission(lists: readonly PermissionList[], table: RoleTable): Permission {
  checkTogether(lists.map((list) => ({ file: list.id, list })));
  checkRoles('roles', table);
  const compiled = lists.map(compileList);
  const upward = rolesUpward(table);
  const named = new Set(Object.entries(table.members).flat(2));
  for (const list of compiled) {
    for (const role of [...list.asks.keys(), ...list.provides.keys()]) named.add(role);
  }
  return Object.freeze({
    lists: Object.freeze(compiled),
    listOf: new Map(compiled.map((list) => [list.id, list])),
    roles: new Map([...named].map((role) => [role, upward(role)])),
  });
}
