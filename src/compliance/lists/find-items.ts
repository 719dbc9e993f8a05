import { rolesUpward } from '../../protocol/permission/role-table.ts';
import type {
  PermissionItem,
  PermissionList,
  RoleTable,
} from '../../protocol/permission/schema.ts';
import { type Means, meaning } from './names.ts';
import { itemsOn } from './tuples.ts';

/** Which items are wanted; everything that is given must hold. */
export interface ItemFilter {
  readonly item?: string;
  /** A role: whoever holds it may ask (or be asked), by collective roles too. */
  readonly inquirer?: string;
  readonly provider?: string;
  /** Name, part of one, or code. */
  readonly information?: string;
  readonly affair?: string;
}

/**
 * The items of a list that are in force on a day and that a filter wants, each with those of its
 * provisions that are wanted.
 */
export function findItems(
  list: PermissionList,
  date: string,
  filter: ItemFilter,
  table: RoleTable,
): readonly PermissionItem[] {
  const items = itemsOn(list, date);
  const provisions = items.flatMap((item) => item.provisions);
  const kinds = provisions.flatMap(({ information }) => information);
  const roles = [
    ...items.flatMap((one) => one.inquirers),
    ...provisions.flatMap((one) => one.providers),
  ];
  const affairs = items.map(({ affair }) => affair);

  const inquirer = roleMeant(filter.inquirer, roles, table);
  const provider = roleMeant(filter.provider, roles, table);
  const affair = namedMeant(filter.affair, affairs);
  const information = namedMeant(filter.information, kinds);
  return items.flatMap((item) => {
    if (filter.item !== undefined && item.item !== filter.item) return [];
    if (!item.inquirers.some(inquirer)) return [];
    if (!affair(item.affair.name) && !affair(item.affair.code)) return [];
    const wanted = item.provisions.filter(
      (one) =>
        one.providers.some(provider) &&
        one.information.some(({ code, name }) => information(code) || information(name)),
    );
    return wanted.length === 0 ? [] : [{ ...item, provisions: wanted }];
  });
}

const ANY: Means = () => true;
const NONE: Means = () => false;

/** A role by which somebody who holds the given one counts; a part of a name is searched as text. */
function roleMeant(word: string | undefined, roles: readonly string[], table: RoleTable): Means {
  if (word === undefined) return ANY;
  const wanted = word.trim().normalize('NFC');
  const known = new Set([...roles, ...Object.entries(table.members).flat(2)]);
  if (!known.has(wanted)) return meaning(wanted, roles) ?? NONE;
  const held = new Set(rolesUpward(table)(wanted));
  return (role) => held.has(role);
}

const namedMeant = (
  word: string | undefined,
  all: readonly { readonly code: string; readonly name: string }[],
): Means => {
  if (word === undefined) return ANY;
  return (
    meaning(
      word,
      all.map(({ code }) => code),
    ) ??
    meaning(
      word,
      all.map(({ name }) => name),
    ) ??
    NONE
  );
};
