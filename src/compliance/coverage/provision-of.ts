import type { Stage } from '../run/stage.ts';

/** What was permitted: the information by its code. */
interface Permitted {
  readonly list: string | null;
  readonly item?: string | undefined;
  readonly information?: string | undefined;
}

/**
 * The provision of an item that allows an inquiry: the first in the list’s order that names one of the provider’s
 * roles and the information.
 * @returns its place among the item’s provisions
 */
export function provisionOf(
  stage: Stage,
  { list, item, information }: Permitted,
  provider: string,
): number | undefined {
  const roles = rolesOf(stage, provider);
  const provisions = stage.law.lists
    .find((each) => each.id === list)
    ?.items.find((each) => each.item === item)?.provisions;
  const place = provisions?.findIndex(
    (provision) =>
      provision.providers.some((role) => roles.has(role)) &&
      provision.information.some(({ code }) => code === information),
  );
  return place === undefined || place < 0 ? undefined : place;
}

const kept = new WeakMap<Stage, Map<string, ReadonlySet<string>>>();

/** The roles that a party holds, with those that take them in. */
function rolesOf(stage: Stage, party: string): ReadonlySet<string> {
  const known = kept.get(stage) ?? new Map<string, ReadonlySet<string>>();
  kept.set(stage, known);
  const found = known.get(party);
  if (found) return found;
  const held = new Set(stage.parties.get(party)?.roles);
  for (const role of held) {
    for (const [collective, members] of Object.entries(stage.law.roles.members)) {
      if (members.includes(role)) held.add(collective);
    }
  }
  known.set(party, held);
  return held;
}
