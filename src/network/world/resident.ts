import { individualNumberWithCheckDigit } from '../../protocol/numbers/individual-number.ts';
import { residentCodeWithCheckDigit } from '../../protocol/numbers/resident-code.ts';
import type { AgencyConfig, NetworkConfig } from '../config/schema.ts';
import { AS_OF, addDays, daysBetween } from './days.ts';
import { inventName } from './names.ts';
import { inventAddress, municipalitiesOf } from './places.ts';
import { type Seeded, seeded } from './seeded.ts';

/** What a person is an example of. */
export type Mark =
  /** Has moved from one municipality of the network to another. */
  | 'moved'
  /** A copy at the former municipality is auto-response-disabled. */
  | 'auto_response_disabled'
  /** The former municipality has not acquired a code for this person. */
  | 'no_code_at_provider'
  /** In hiding: the municipalities’ copies are non-disclosable. */
  | 'protected';

/** An invented person, as the resident registry and nobody else knows them. */
export interface Resident {
  readonly residentCode: string;
  readonly individualNumber: string;
  readonly name: string;
  readonly kana: string;
  readonly birthDate: string;
  readonly sex: '男' | '女';
  readonly address: string;
  /** Agency code of the municipality where they live. */
  readonly municipality: string;
  readonly movedFrom?: { readonly agency: string; readonly on: string };
  readonly marks: readonly Mark[];
}

/** The two cities between which people move, if the network has them. */
const MOVERS_BETWEEN = ['11202', '32201'];

/** So many people, in no particular order. None if no agency is a municipality. */
export const inventResidents = (config: NetworkConfig): Resident[] => {
  const municipalities = municipalitiesOf(config);
  if (municipalities.length === 0) return [];
  const numbers = seeded(config.seed, 'numbers');
  const individualNumbers = distinct(config.residents.count, () =>
    individualNumberWithCheckDigit(numbers.digits(11)),
  );
  const residentCodes = distinct(config.residents.count, () =>
    residentCodeWithCheckDigit(numbers.digits(10)),
  );
  const residents = homes(config.residents.count, municipalities, seeded(config.seed, 'homes')).map(
    (home, at): Resident => {
      const chance = seeded(config.seed, 'resident', String(at));
      const sex = chance.pick(['男', '女'] as const);
      const birthDate = inventBirthDate(chance, home.movedFrom?.on);
      return {
        residentCode: residentCodes[at] ?? '',
        individualNumber: individualNumbers[at] ?? '',
        ...inventName(chance, sex, birthDate),
        birthDate,
        sex,
        address: inventAddress(chance, home.municipality),
        municipality: home.municipality.code,
        ...(home.movedFrom && { movedFrom: home.movedFrom }),
        marks: home.marks,
      };
    },
  );
  return seeded(config.seed, 'order').shuffle(residents);
};

interface Home {
  readonly municipality: AgencyConfig;
  readonly movedFrom?: { readonly agency: string; readonly on: string };
  readonly marks: readonly Mark[];
}

/** An eighth of the people have moved each way; the others have always lived where they live. */
const homes = (count: number, municipalities: readonly AgencyConfig[], chance: Seeded): Home[] => {
  const known = MOVERS_BETWEEN.flatMap(
    (code) => municipalities.find((one) => one.code === code) ?? [],
  );
  const [one, other] = known.length === 2 ? known : municipalities;
  const movers =
    one && other ? Math.min(Math.floor(count / 2), Math.max(4, Math.round(count / 8))) : 0;
  return Array.from({ length: count }, (_, at): Home => {
    if (!one || !other || at >= 2 * movers)
      return { municipality: chance.pick(municipalities), marks: [] };
    const outward = at < movers;
    const [from, to] = outward ? [one, other] : [other, one];
    const on = addDays('2024-06-01', chance.int(daysBetween('2024-06-01', '2026-03-31')));
    return {
      municipality: to,
      movedFrom: { agency: from.code, on },
      marks: ['moved', ...exampleOf(outward ? at : at - movers, outward)],
    };
  });
};

/** Of the movers, which are an example of what: the outward ones of everything, the others of a missing code. */
const exampleOf = (at: number, outward: boolean): Mark[] => {
  if (at % 8 === 2) return ['no_code_at_provider'];
  if (!outward) return [];
  if (at === 1) return ['protected'];
  return at % 8 === 3 ? ['auto_response_disabled'] : [];
};

/** Ages 0 to 95; who has moved was there at least half a year before. */
const inventBirthDate = (chance: Seeded, moved?: string): string => {
  const latest = moved ? addDays(moved, -183) : AS_OF;
  return addDays(latest, -1 - chance.int(95 * 365));
};

const distinct = (count: number, draw: () => string): string[] => {
  const drawn = new Set<string>();
  while (drawn.size < count) drawn.add(draw());
  return [...drawn];
};
