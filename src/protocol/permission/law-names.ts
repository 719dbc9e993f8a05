import type { Permission } from './compile.ts';

/** Names of affairs and kinds of information by their codes, over all lists; made once for each law. */
export interface LawNames {
  affair(code: string): string | undefined;
  information(code: string): string | undefined;
}

const made = new WeakMap<Permission, LawNames>();

export function lawNames(permission: Permission): LawNames {
  const known = made.get(permission);
  if (known) return known;
  const affairs = new Map<string, string>();
  const information = new Map<string, string>();
  for (const { provisions } of permission.lists) {
    for (const provision of provisions) {
      affairs.set(provision.row.affair.code, provision.row.affair.name);
      for (const { code, name } of provision.information) information.set(code, name);
    }
  }
  const names = {
    affair: (code: string) => affairs.get(code),
    information: (code: string) => information.get(code),
  };
  made.set(permission, names);
  return names;
}
