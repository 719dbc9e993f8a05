import type { RoleTable } from './schema.ts';

/** Each role with the collective roles that take it in directly. */
function collectivesOf(table: RoleTable): ReadonlyMap<string, readonly string[]> {
  const collectives = new Map<string, string[]>();
  for (const [collective, members] of Object.entries(table.members)) {
    for (const member of members) {
      const known = collectives.get(member);
      if (known === undefined) collectives.set(member, [collective]);
      else known.push(collective);
    }
  }
  return collectives;
}

/**
 * The roles that whoever holds `role` holds as well, itself first, and so on upwards:
 * 広島市長 is 市長, hence 市町村長, hence 医療保険者. Never downwards: not every 市町村長 is 広島市長.
 */
export function rolesUpward(table: RoleTable): (role: string) => readonly string[] {
  const collectives = collectivesOf(table);
  return (role) => {
    const held = new Set([role]);
    // A Set is iterated in the order of insertion, with what is added on the way.
    for (const one of held)
      for (const collective of collectives.get(one) ?? []) held.add(collective);
    return [...held];
  };
}

/** A role that, through the roles it takes in, takes in itself: the way round, or undefined. */
export function cycleOf(table: RoleTable): readonly string[] | undefined {
  const members = new Map(Object.entries(table.members));
  const done = new Set<string>();
  const walk = (role: string, path: readonly string[]): readonly string[] | undefined => {
    const start = path.indexOf(role);
    if (start >= 0) return [...path.slice(start), role];
    if (done.has(role)) return undefined;
    for (const member of members.get(role) ?? []) {
      const cycle = walk(member, [...path, role]);
      if (cycle !== undefined) return cycle;
    }
    done.add(role);
    return undefined;
  };
  for (const role of members.keys()) {
    const cycle = walk(role, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
