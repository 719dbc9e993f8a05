import type { PermissionList, RoleTable } from '../../protocol/permission/schema.ts';

/** Names in a list that nobody has used before: new in the law, or split in the wrong place. */
export interface Strangers {
  readonly roles: readonly string[];
  readonly information: readonly string[];
}

/** The names of a list that neither other lists nor the role table know. */
export function strangersIn(
  list: PermissionList,
  others: readonly PermissionList[],
  table: RoleTable | undefined,
): Strangers {
  const known = namesOf(others);
  for (const role of Object.entries(table?.members ?? {}).flat(2)) known.roles.add(role);
  const own = namesOf([list]);
  return {
    roles: [...own.roles.difference(known.roles)],
    information: [...own.information.difference(known.information)],
  };
}

function namesOf(lists: readonly PermissionList[]) {
  const items = lists.flatMap((list) => list.items);
  const provisions = items.flatMap((item) => item.provisions);
  return {
    roles: new Set([
      ...items.flatMap(({ inquirers }) => inquirers),
      ...provisions.flatMap(({ providers }) => providers),
    ]),
    information: new Set(
      provisions.flatMap(({ information }) => information.map(({ name }) => name)),
    ),
  };
}
