import type { Copy } from '../../network/world/holdings.ts';
import type { Resident } from '../../network/world/resident.ts';
import type { World } from '../../network/world/world.ts';
import { RenkeiError } from '../../protocol/errors.ts';

/** An invented person, and what each agency knows of them. */
export class TestResident {
  readonly name: string;
  readonly kana: string;
  readonly birthDate: string;
  readonly sex: '男' | '女';
  readonly individualNumber: string;
  /** Agency code of the municipality where they live, and of the one that they left. */
  readonly municipality: string;
  readonly movedFrom: string | undefined;
  readonly #world: World;

  constructor(world: World, resident: Resident) {
    this.name = resident.name;
    this.kana = resident.kana;
    this.birthDate = resident.birthDate;
    this.sex = resident.sex;
    this.individualNumber = resident.individualNumber;
    this.municipality = resident.municipality;
    this.movedFrom = resident.movedFrom?.agency;
    this.#world = world;
  }

  /** Their integrated address number (団体内統合宛名番号) there. @throws RenkeiError not_found for a stranger */
  at(agency: string): string {
    const person = this.#person(agency);
    if (person) return person.integratedAddressNumber;
    throw new RenkeiError('not_found', {
      ja: `機関 ${agency} はこの住民を知りません`,
      en: `Agency ${agency} does not know this resident`,
    });
  }

  isKnownTo(agency: string): boolean {
    return this.#person(agency) !== undefined;
  }

  /** Whether the agency has acquired a code for them. */
  hasCodeAt(agency: string): boolean {
    return this.#person(agency)?.hasCode === true;
  }

  /** What the agency held of them at the start. */
  copiesAt(agency: string): readonly Copy[] {
    const number = this.#person(agency)?.integratedAddressNumber;
    const copies = this.#world.agencies.get(agency)?.copies ?? [];
    return copies.filter((copy) => copy.integratedAddressNumber === number);
  }

  #person(agency: string) {
    const persons = this.#world.agencies.get(agency)?.persons;
    return persons?.find((each) => each.individualNumber === this.individualNumber);
  }
}
