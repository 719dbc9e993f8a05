import type { AgencyConfig, NetworkConfig } from '../config/schema.ts';
import type { AgencyHoldings, Copy, CopyDraft, Person } from './holdings.ts';
import { KINDS } from './layouts.ts';
import { municipalCopies } from './municipal-copies.ts';
import { nationalCopies } from './national-copies.ts';
import { inventAddress, isMunicipality } from './places.ts';
import { inventResidents, type Resident } from './resident.ts';
import { type Seeded, seeded } from './seeded.ts';
import { type Vaccination, vaccinationsOf } from './vaccination.ts';

/** The invented people of a simulated network, and what each agency knows of them. */
export interface World {
  readonly residents: readonly Resident[];
  /** By agency code, in the order of the configuration. */
  readonly agencies: ReadonlyMap<string, AgencyHoldings>;
}

/**
 * Makes the world of a configuration out of its seed, its agencies and its number of residents alone:
 * the same three give the same world to the byte. Nobody in it exists.
 */
export const makeWorld = (config: NetworkConfig): World => {
  const residents = inventResidents(config);
  const lives = new Map(
    residents.map((resident) => [
      resident,
      vaccinationsOf(resident, seeded(config.seed, 'vaccinations', resident.residentCode)),
    ]),
  );
  return {
    residents,
    agencies: new Map(
      config.agencies.map((agency) => [agency.code, holdingsOf(agency, lives, config.seed)]),
    ),
  };
};

const holdingsOf = (
  agency: AgencyConfig,
  lives: ReadonlyMap<Resident, readonly Vaccination[]>,
  seed: string,
): AgencyHoldings => {
  const chance = seeded(seed, 'holdings', agency.code);
  const numbers = new Numbers(seeded(seed, 'address numbers', agency.code));
  const persons: Person[] = [];
  const copies: Copy[] = [];
  for (const [resident, vaccinations] of lives) {
    const known = knownTo(agency, resident, vaccinations, numbers, chance);
    if (!known) continue;
    persons.push(known.person);
    for (const draft of known.drafts) copies.push(copyOf(agency, resident, known.person, draft));
  }
  return { agency: agency.code, persons: persons.sort(byNumber), copies: copies.sort(byNumber) };
};

/** A person as an agency knows them, or undefined if it does not. */
const knownTo = (
  agency: AgencyConfig,
  resident: Resident,
  vaccinations: readonly Vaccination[],
  numbers: Numbers,
  chance: Seeded,
): { person: Person; drafts: readonly CopyDraft[] } | undefined => {
  const { individualNumber, name, kana, birthDate, sex, municipality, movedFrom, marks } = resident;
  const city = isMunicipality(agency);
  const left = movedFrom?.agency === agency.code;
  if (city && !left && municipality !== agency.code) return undefined;
  const drafts = city ? [] : nationalCopies(agency, resident, chance);
  if (!drafts) return undefined;
  const person: Person = {
    integratedAddressNumber: numbers.integrated(),
    addressNumber: numbers.address(),
    individualNumber,
    name,
    kana,
    birthDate,
    sex,
    address: left ? inventAddress(chance, agency) : resident.address,
    hasCode: !(left && marks.includes('no_code_at_provider')),
  };
  if (!city) return { person, drafts };
  return { person, drafts: municipalCopies(agency.code, resident, person, vaccinations, chance) };
};

const VACCINATION: readonly string[] = [KINDS.vaccination, KINDS.pandemicVaccination];

const copyOf = (
  agency: AgencyConfig,
  { movedFrom, marks }: Resident,
  { integratedAddressNumber }: Person,
  { information, layoutVersion, records, sensitive }: CopyDraft,
): Copy => {
  const left = movedFrom?.agency === agency.code;
  const flagged =
    left && marks.includes('auto_response_disabled') && VACCINATION.includes(information);
  return {
    integratedAddressNumber,
    information,
    layoutVersion,
    records,
    autoResponseDisabled: sensitive === true || flagged,
    // The city that was left and the city of refuge: neither may give away the other.
    nonDisclosable: isMunicipality(agency) && marks.includes('protected'),
  };
};

/** Numbers that one agency gives out, each once. */
class Numbers {
  readonly #chance: Seeded;
  readonly #given = new Set<string>();

  constructor(chance: Seeded) {
    this.#chance = chance;
  }

  integrated(): string {
    return this.#once(() => this.#chance.digits(15));
  }

  /** Ten digits that count, in the fifteen of an inquiry file. */
  address(): string {
    return this.#once(() => this.#chance.digits(10).padStart(15, '0'));
  }

  #once(draw: () => string): string {
    let number = draw();
    while (this.#given.has(number)) number = draw();
    this.#given.add(number);
    return number;
  }
}

// Array.prototype.sort is stable: one person’s copies keep their order.
const byNumber = (
  a: { readonly integratedAddressNumber: string },
  b: { readonly integratedAddressNumber: string },
): number =>
  a.integratedAddressNumber < b.integratedAddressNumber
    ? -1
    : a.integratedAddressNumber > b.integratedAddressNumber
      ? 1
      : 0;
