import type {
  PermissionItem,
  PermissionList,
  RoleTable,
} from '../../protocol/permission/schema.ts';
import { type Reading, readOff, rolesHeld } from './naive.ts';

/** An item that no list has. */
const NO_ITEM = '9999';

/** All that one item allows, and the same with each condition changed: the inquirer, the affair, the provider, the information. */
export interface ItemMatrix {
  readonly inquirers: readonly string[];
  readonly providers: readonly string[];
  readonly items: readonly string[];
  readonly information: readonly string[];
  readonly expected: readonly Rule[];
  readonly default: Reading;
}

export interface Rule extends Reading {
  readonly inquirer?: readonly string[];
  readonly provider?: readonly string[];
  readonly item?: readonly string[];
  readonly information?: readonly string[];
}

export function itemMatrix(
  list: PermissionList,
  roles: RoleTable,
  item: PermissionItem,
): ItemMatrix {
  const providers = unique(item.provisions.flatMap((provision) => provision.providers));
  const information = unique(
    item.provisions.flatMap((provision) => provision.information.map(({ name }) => name)),
  );
  const axes = {
    inquirers: [...item.inquirers, ...strangerTo(list, roles, item.inquirers)],
    providers: [...providers, ...strangerTo(list, roles, providers)],
    items: [item.item, otherItem(list, roles, item, providers, information), NO_ITEM],
    information: [...information, otherInformation(list, information)],
  };
  const fallback: Reading = { decision: 'deny', code: 'information_not_listed' };
  return { ...axes, expected: rulesOf(list, roles, axes, fallback), default: fallback };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

const rolesIn = ({ items }: PermissionList): string[] =>
  unique(
    items.flatMap(({ inquirers, provisions }) => [
      ...inquirers,
      ...provisions.flatMap((provision) => provision.providers),
    ]),
  );

/** Somebody who holds none of these roles. */
function strangerTo(list: PermissionList, roles: RoleTable, named: readonly string[]): string[] {
  const found = rolesIn(list).find((role) => {
    const held = rolesHeld(role, roles);
    return !named.some((name) => held.has(name));
  });
  return found === undefined ? [] : [found];
}

/** Another affair, of all the item’s inquiries: if possible one under which none of them is allowed. */
function otherItem(
  list: PermissionList,
  roles: RoleTable,
  { item, inquirers }: PermissionItem,
  providers: readonly string[],
  information: readonly string[],
): string {
  const at = list.items.findIndex((each) => each.item === item);
  const others = [...list.items.slice(at + 1), ...list.items.slice(0, at)];
  const allows = (other: string) =>
    inquirers.some((inquirer) =>
      providers.some((provider) =>
        information.some(
          (kind) =>
            readOff(list, roles, { inquirer, provider, item: other, information: kind })
              .decision === 'permit',
        ),
      ),
    );
  const found = others.find((other) => !allows(other.item)) ?? others[0];
  return found?.item ?? NO_ITEM;
}

function otherInformation(list: PermissionList, known: readonly string[]): string {
  const all = list.items.flatMap(({ provisions }) =>
    provisions.flatMap((provision) => provision.information.map(({ name }) => name)),
  );
  return all.find((name) => !known.includes(name)) ?? 'TM00000000000000';
}

type Axes = Pick<ItemMatrix, 'inquirers' | 'providers' | 'items' | 'information'>;

/** Rules that say what the default does not, gathered so that equal ones are written once. */
function rulesOf(
  list: PermissionList,
  roles: RoleTable,
  { inquirers, providers, items, information }: Axes,
  fallback: Reading,
): Rule[] {
  const rules: Rule[] = [];
  for (const item of items) {
    const readingsOf = (inquirer: string, provider: string) =>
      information.map((kind) =>
        readOff(list, roles, { inquirer, provider, item, information: kind }),
      );
    const sameInquirers = grouped(inquirers, (inquirer) =>
      JSON.stringify(providers.map((provider) => readingsOf(inquirer, provider))),
    );
    for (const inquirer of sameInquirers) {
      const sameProviders = grouped(providers, (provider) =>
        JSON.stringify(readingsOf(inquirer[0] ?? '', provider)),
      );
      for (const provider of sameProviders) {
        const readings = readingsOf(inquirer[0] ?? '', provider[0] ?? '');
        for (const verdict of unique(readings.map((reading) => JSON.stringify(reading)))) {
          if (verdict === JSON.stringify(fallback)) continue;
          const kinds = information.filter((_, at) => JSON.stringify(readings[at]) === verdict);
          const reading: Reading = JSON.parse(verdict);
          rules.push({
            ...narrowed('inquirer', inquirer, inquirers),
            ...narrowed('provider', provider, providers),
            item: [item],
            ...narrowed('information', kinds, information),
            ...reading,
          });
        }
      }
    }
  }
  return rules;
}

function grouped(names: readonly string[], keyOf: (name: string) => string): string[][] {
  return [...Map.groupBy(names, keyOf).values()];
}

/** An axis is written only where it narrows. */
const narrowed = (axis: string, some: readonly string[], all: readonly string[]) =>
  some.length === all.length ? {} : { [axis]: some };
