import type { AgencyHoldings, Copy } from './holdings.ts';
import type { Resident } from './resident.ts';
import type { World } from './world.ts';

/** Whom to try an inquiry with: integrated address numbers at the inquirer, each absent if there is nobody. */
export interface Examples {
  /** Somebody whom the provider answers for by itself; someone who moved from there, if anybody did. */
  readonly ordinary?: string;
  /** The provider’s copy is auto-response-disabled: the answer waits for approval. */
  readonly autoResponseDisabled?: string;
  /** The provider has no code for them. */
  readonly noCodeAtProvider?: string;
  /** The provider’s copies are non-disclosable. */
  readonly protected?: string;
}

/**
 * Examples for inquiries from one agency (by its code) to another.
 * @throws RangeError if the world has no such agency
 */
export const examples = (world: World, inquirer: string, provider: string): Examples => {
  const asked = knowledge(holdings(world, provider));
  const asking = knowledge(holdings(world, inquirer));
  const found: { -readonly [Key in keyof Examples]: Examples[Key] } = {};
  let copies = 0;
  for (const resident of world.residents) {
    const here = asking.get(resident.individualNumber);
    const there = asked.get(resident.individualNumber);
    if (!here?.hasCode || !there) continue;
    const { number } = here;
    if (!there.hasCode) found.noCodeAtProvider ??= number;
    else if (there.copies.some((copy) => copy.nonDisclosable)) found.protected ??= number;
    else if (isFlagged(resident, provider)) found.autoResponseDisabled ??= number;
    else if (ready(there.copies, resident, provider) > copies) {
      found.ordinary = number;
      copies = ready(there.copies, resident, provider);
    }
  }
  return found;
};

/** Everybody whom both know, by their integrated address numbers at the inquirer. @throws RangeError */
export function knownToBoth(world: World, inquirer: string, provider: string): readonly string[] {
  const there = new Set(
    holdings(world, provider).persons.map(({ individualNumber }) => individualNumber),
  );
  return holdings(world, inquirer)
    .persons.filter(({ hasCode, individualNumber }) => hasCode && there.has(individualNumber))
    .map(({ integratedAddressNumber }) => integratedAddressNumber);
}

const isFlagged = ({ marks, movedFrom }: Resident, provider: string) =>
  movedFrom?.agency === provider && marks.includes('auto_response_disabled');

/** How much the provider would answer by itself; who moved from there comes before all others. */
const ready = (copies: readonly Copy[], { movedFrom }: Resident, provider: string): number => {
  if (copies.some(({ autoResponseDisabled }) => autoResponseDisabled)) return 0;
  return copies.length === 0 ? 0 : copies.length + (movedFrom?.agency === provider ? 100 : 0);
};

const holdings = ({ agencies }: World, code: string): AgencyHoldings => {
  const found = agencies.get(code);
  if (!found) throw new RangeError(`no agency ${code}`);
  return found;
};

const knowledge = ({ persons, copies }: AgencyHoldings) => {
  const byNumber = Map.groupBy(copies, ({ integratedAddressNumber }) => integratedAddressNumber);
  return new Map(
    persons.map(({ individualNumber, integratedAddressNumber: number, hasCode }) => [
      individualNumber,
      { number, hasCode, copies: byNumber.get(number) ?? [] },
    ]),
  );
};
