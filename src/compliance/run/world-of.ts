import type { AgencyHoldings, Copy, Person } from '../../network/world/holdings.ts';
import type { Resident } from '../../network/world/resident.ts';
import { type Seeded, seeded } from '../../network/world/seeded.ts';
import type { World } from '../../network/world/world.ts';
import { individualNumberWithCheckDigit } from '../../protocol/numbers/individual-number.ts';
import { residentCodeWithCheckDigit } from '../../protocol/numbers/resident-code.ts';
import type { Knowledge, ScenarioCopy } from '../scenario/parties-schema.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { PersonMember } from '../scenario/step-reference.ts';
import type { Parties } from './config-of.ts';
import type { ReadRecords } from './references.ts';

/** Somebody whom every agency of a scenario knows: about them a matrix asks. */
export const EVERYBODY = '(everybody)';

/** The people of a scenario, and by what number each agency has them. */
export interface Cast {
  readonly world: World;
  /** @throws RangeError for a person whom the agency does not know */
  numberOf(person: string, agency: string): string;
  /** The same, or the individual number, which a person has wherever they are known. */
  memberOf(person: string, agency: string, member: PersonMember): string;
}

/** Invents the people whom a scenario names. Who knows what of them is as it is written, and nothing more. */
export async function castOf(
  scenario: Scenario,
  parties: Parties,
  readRecords: ReadRecords,
): Promise<Cast> {
  const chance = seeded(scenario.seed, 'scenario persons');
  const agencies = new Map<string, { persons: Person[]; copies: Copy[] }>(
    [...parties.values()].map(({ code }) => [code, { persons: [], copies: [] }]),
  );
  const known = new Map<string, Person>();
  const individualNumbers = new Map<string, string>();
  const residents: Resident[] = [];
  const people = { ...scenario.persons, ...everybodyOf(scenario, parties) };
  for (const [name, { knownTo }] of Object.entries(people)) {
    const resident = residentOf(name, chance);
    residents.push(resident);
    individualNumbers.set(name, resident.individualNumber);
    for (const [party, knowledge] of Object.entries(knownTo)) {
      const code = parties.get(party)?.code ?? '';
      const holdings = agencies.get(code);
      if (!holdings) throw new RangeError(`no party ${party}`);
      const person = personOf(resident, knowledge, chance);
      known.set(`${code} ${name}`, person);
      holdings.persons.push(person);
      for (const copy of knowledge.copies) {
        holdings.copies.push(await copyOf(copy, person.integratedAddressNumber, readRecords));
      }
    }
  }
  const personAt = (person: string, agency: string): Person => {
    const found = known.get(`${agency} ${person}`);
    if (found === undefined) throw new RangeError(`${agency} does not know ${person}`);
    return found;
  };
  return {
    world: {
      residents,
      agencies: new Map(
        [...agencies].map(([agency, held]): [string, AgencyHoldings] => [
          agency,
          { agency, ...held },
        ]),
      ),
    },
    numberOf: (person, agency) => personAt(person, agency).integratedAddressNumber,
    memberOf(person, agency, member) {
      if (member === 'individualNumber') return individualNumbers.get(person) ?? '';
      const { integratedAddressNumber, addressNumber } = personAt(person, agency);
      return member === 'number' ? integratedAddressNumber : addressNumber;
    },
  };
}

/** Only a matrix needs them. */
function everybodyOf({ tests }: Scenario, parties: Parties): Scenario['persons'] {
  if (!tests.some(({ matrix }) => matrix)) return {};
  const known = [...new Map([...parties].map(([name, { code }]) => [code, name])).values()];
  const knowledge: Knowledge = { code: true, copies: [] };
  return { [EVERYBODY]: { knownTo: Object.fromEntries(known.map((name) => [name, knowledge])) } };
}

const residentOf = (name: string, chance: Seeded): Resident => ({
  residentCode: residentCodeWithCheckDigit(chance.digits(10)),
  individualNumber: individualNumberWithCheckDigit(chance.digits(11)),
  name,
  kana: 'カクウ',
  birthDate: '2000-01-01',
  sex: '女',
  address: '架空',
  municipality: '',
  marks: [],
});

const personOf = (resident: Resident, { code }: Knowledge, chance: Seeded): Person => ({
  integratedAddressNumber: chance.digits(15),
  addressNumber: chance.digits(15),
  individualNumber: resident.individualNumber,
  name: resident.name,
  kana: resident.kana,
  birthDate: resident.birthDate,
  sex: resident.sex,
  address: resident.address,
  hasCode: code,
});

async function copyOf(
  copy: ScenarioCopy,
  integratedAddressNumber: string,
  readRecords: ReadRecords,
): Promise<Copy> {
  const { information, layoutVersion, autoResponseDisabled, nonDisclosable } = copy;
  const records = await readRecords(copy);
  return {
    ...{ integratedAddressNumber, information, layoutVersion, records },
    ...{ autoResponseDisabled, nonDisclosable },
  };
}
