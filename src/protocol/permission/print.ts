import type { PermissionList, RoleTable } from './schema.ts';

/**
 * A list as the files hold it: JSON that people read and `git diff` shows item by item,
 * with one line for each provision.
 */
export function printPermissionList(list: PermissionList): string {
  const { items, ...head } = list;
  const lines = items.map(({ provisions, ...item }) => {
    const rows = provisions.map((provision) => `        ${onOneLine(provision)}`);
    return `    {\n${members(item, 6)},\n      "provisions": [\n${rows.join(',\n')}\n      ]\n    }`;
  });
  return `{\n${members(head, 2)},\n  "items": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** The role table in the same manner: one line for each collective role. */
export function printRoleTable({ members: roles, ...head }: RoleTable): string {
  return `{\n${members(head, 2)},\n  "members": {\n${members(roles, 4)}\n  }\n}\n`;
}

const members = (value: object, indent: number): string =>
  Object.entries(value)
    .map(([key, one]) => `${' '.repeat(indent)}${JSON.stringify(key)}: ${onOneLine(one)}`)
    .join(',\n');

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inside = Object.entries(value).map(
    ([key, one]) => `${JSON.stringify(key)}: ${onOneLine(one)}`,
  );
  return `{ ${inside.join(', ')} }`;
}
