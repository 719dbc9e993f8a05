import { hasBit } from '../../protocol/permission/bits.ts';
import { activeOn, type CompiledList, type Row } from '../../protocol/permission/compile-list.ts';
import type { Holder } from '../../protocol/permission/roles.ts';

/** What is looked for in a list; what is left out matches everything. */
export interface LawSearch {
  /** In the item’s number, the affair’s name, or the names of kinds of information. */
  readonly text?: string | undefined;
  readonly inquirer?: Holder | undefined;
  readonly provider?: Holder | undefined;
}

/** The items of a list that match, in the list’s order. */
export function searchItems(list: CompiledList, search: LawSearch): Row[] {
  const wanted = search.text?.normalize('NFKC').trim() ?? '';
  const asks = search.inquirer?.standings[list.index]?.asks;
  const provides = search.provider?.standings[list.index]?.provides;
  return [...list.rowOf.values()].filter((row) => {
    const places = Array.from({ length: row.end - row.first }, (_, at) => row.first + at);
    if (asks && !places.some((place) => hasBit(asks, place))) return false;
    if (provides && !places.some((place) => hasBit(provides, place))) return false;
    if (wanted === '' || row.item === wanted) return true;
    const information = list.provisions
      .slice(row.first, row.end)
      .flatMap((provision) => provision.information.map(({ name }) => name));
    return [row.affair.name, ...information].some((name) =>
      name.normalize('NFKC').includes(wanted),
    );
  });
}

/** Something that the list allows one agency to ask another on a day. */
export interface AllowedInquiry {
  readonly item: string;
  readonly affair: { readonly code: string; readonly name: string };
  readonly information: readonly { readonly code: string; readonly name: string }[];
}

/** Everything that an inquirer may ask a provider by this list on this day, item by item. */
export function allowedBetween(
  list: CompiledList,
  day: string,
  inquirer: Holder,
  provider: Holder,
): AllowedInquiry[] {
  const active = activeOn(list, day);
  const asks = inquirer.standings[list.index]?.asks;
  const provides = provider.standings[list.index]?.provides;
  if (!asks || !provides) return [];
  return [...list.rowOf.values()].flatMap(({ item, affair, first, end }) => {
    const information = list.provisions
      .slice(first, end)
      .flatMap((provision, at) =>
        [active, asks, provides].every((bits) => hasBit(bits, first + at))
          ? provision.information
          : [],
      );
    return information.length === 0 ? [] : [{ item, affair, information }];
  });
}

/** How many kinds of information each inquirer’s role may ask each provider’s role for. */
export function whoMayAskWhom(list: CompiledList): Map<string, Map<string, number>> {
  const kinds = new Map<string, Map<string, Set<string>>>();
  for (const { row, providers, information } of list.provisions) {
    for (const inquirer of row.inquirers) {
      const of = kinds.get(inquirer) ?? new Map<string, Set<string>>();
      kinds.set(inquirer, of);
      for (const provider of providers) {
        const codes = of.get(provider) ?? new Set<string>();
        of.set(provider, codes);
        for (const { code } of information) codes.add(code);
      }
    }
  }
  return new Map(
    [...kinds].map(([inquirer, of]) => [
      inquirer,
      new Map([...of].map(([provider, codes]) => [provider, codes.size])),
    ]),
  );
}
