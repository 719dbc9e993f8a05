import { covers } from '../../protocol/permission/in-force.ts';
import { rolesUpward } from '../../protocol/permission/role-table.ts';
import type {
  Named,
  PermissionItem,
  PermissionList,
  RoleTable,
} from '../../protocol/permission/schema.ts';

/** One thing that a list allows: who may ask whom for what, and by which of its items. */
export interface Tuple {
  readonly inquirer: string;
  readonly affair: Named;
  readonly provider: string;
  readonly information: Named;
  readonly items: readonly string[];
}

/** The roles whose holders count as a role: itself, and when expanded all that it takes in. */
export type HoldersOf = (role: string) => readonly string[];

/** The law's own words: a role is only itself. */
export const asWritten: HoldersOf = (role) => [role];

/** Collective roles as all the roles that they take in, downwards, themselves included. */
export function expandedBy(table: RoleTable): HoldersOf {
  const upward = rolesUpward(table);
  const holders = new Map<string, string[]>();
  for (const role of new Set(Object.entries(table.members).flat(2))) {
    for (const held of upward(role)) {
      const known = holders.get(held);
      if (known === undefined) holders.set(held, [role]);
      else known.push(role);
    }
  }
  return (role) => holders.get(role) ?? [role];
}

/** What identifies a tuple. Names hold no control characters, so nothing else has the same key. */
export const keyOf = (
  inquirer: string,
  affair: string,
  provider: string,
  information: string,
): string => `${inquirer}\n${affair}\n${provider}\n${information}`;

/** The items of a list that are in force on a day. */
export const itemsOn = (list: PermissionList, date: string): readonly PermissionItem[] =>
  list.items.filter(({ inForce }) => covers(inForce ?? {}, date));

/** Everything that a list allows on a day, by key, in the order of the list. */
export function tuplesOf(
  list: PermissionList,
  date: string,
  holdersOf: HoldersOf = asWritten,
): ReadonlyMap<string, Tuple> {
  const tuples = new Map<string, Tuple & { readonly items: string[] }>();
  for (const item of itemsOn(list, date)) {
    for (const tuple of tuplesOfItem(item, holdersOf)) {
      const { inquirer, affair, provider, information } = tuple;
      const key = keyOf(inquirer, affair.code, provider, information.code);
      const known = tuples.get(key);
      if (known === undefined) tuples.set(key, { ...tuple, items: [item.item] });
      else if (!known.items.includes(item.item)) known.items.push(item.item);
    }
  }
  return tuples;
}

/** What one item allows; the same thing may come twice when provisions repeat each other. */
export function* tuplesOfItem(
  { inquirers, affair, provisions }: PermissionItem,
  holdersOf: HoldersOf = asWritten,
): Generator<Omit<Tuple, 'items'>> {
  for (const inquirer of new Set(inquirers.flatMap(holdersOf))) {
    for (const { providers, information: kinds } of provisions) {
      for (const provider of new Set(providers.flatMap(holdersOf))) {
        for (const information of kinds) yield { inquirer, affair, provider, information };
      }
    }
  }
}
