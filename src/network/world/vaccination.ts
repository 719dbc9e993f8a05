import { AS_OF, addDays, addMonths, ageOn } from './days.ts';
import type { Resident } from './resident.ts';
import type { Seeded } from './seeded.ts';

/** One vaccination as it happened, before any city wrote it down in its own layout. */
export interface Vaccination {
  /** Under the pandemic act (新型インフルエンザ等対策特別措置法) instead of 予防接種法. */
  readonly pandemic?: true;
  readonly vaccine: string;
  readonly dose: number;
  readonly date: string;
  readonly millilitres: number;
  readonly maker: string;
  readonly lot: string;
  /** Numbers of a clinic and of a doctor in the city. */
  readonly clinic: number;
  readonly doctor: number;
  /** Of the special programme against COVID-19 (until 2024-03-31): product, and when a certificate was given. */
  readonly covid?: { readonly product: string; readonly certified?: string };
}

/** The cities’ files begin here. */
const FILES_SINCE = '2010-04-01';

interface Course {
  readonly vaccine: string;
  /** Ages in months. */
  readonly months: readonly number[];
  readonly millilitres: number;
  /** Born on or after, born before. */
  readonly bornFrom?: string;
  readonly bornBefore?: string;
}

/** The routine vaccinations of childhood, simplified, by the day of birth from which each was given. */
const CHILDHOOD: readonly Course[] = [
  { vaccine: 'ロタウイルス', months: [2, 3], millilitres: 1.5, bornFrom: '2020-08-01' },
  {
    vaccine: 'ヒブ',
    months: [2, 3, 4, 12],
    millilitres: 0.5,
    bornFrom: '2012-10-01',
    bornBefore: '2024-02-01',
  },
  { vaccine: '小児用肺炎球菌', months: [2, 3, 4, 12], millilitres: 0.5, bornFrom: '2012-10-01' },
  { vaccine: 'B型肝炎', months: [2, 3, 8], millilitres: 0.25, bornFrom: '2016-04-01' },
  { vaccine: '五種混合', months: [2, 3, 4, 15], millilitres: 0.5, bornFrom: '2024-02-01' },
  {
    vaccine: '四種混合',
    months: [3, 4, 5, 17],
    millilitres: 0.5,
    bornFrom: '2012-08-01',
    bornBefore: '2024-02-01',
  },
  { vaccine: '三種混合', months: [3, 4, 5, 17], millilitres: 0.5, bornBefore: '2012-08-01' },
  { vaccine: 'BCG', months: [5], millilitres: 0.1 },
  { vaccine: '麻しん風しん', months: [12, 66], millilitres: 0.5 },
  { vaccine: '水痘', months: [13, 20], millilitres: 0.5, bornFrom: '2013-10-01' },
  { vaccine: '日本脳炎', months: [37, 38, 50, 115], millilitres: 0.5 },
  { vaccine: '二種混合', months: [134], millilitres: 0.1 },
];

const COVID_DAYS = [
  '2021-05-24',
  '2021-06-14',
  '2022-01-20',
  '2022-07-20',
  '2022-11-10',
  '2023-10-02',
];
const MAKERS = ['甲製薬（架空）', '乙薬品（架空）', '丙ワクチン（架空）'];

/** All vaccinations of a person, in the order of time, none after the day on which the world is seen. */
export const vaccinationsOf = (resident: Resident, chance: Seeded): Vaccination[] => {
  const { birthDate } = resident;
  const given: Vaccination[] = [];
  const give = (
    date: string,
    what: Pick<Vaccination, 'vaccine' | 'dose' | 'millilitres' | 'pandemic' | 'covid'>,
  ) => {
    if (date < FILES_SINCE || date > AS_OF) return;
    const lot = `${chance.pick(['AX', 'BY', 'CZ'])}${chance.digits(3)}`;
    const [clinic, doctor] = [chance.between(1, 40), chance.between(1, 90)];
    given.push({ ...what, date, maker: chance.pick(MAKERS), lot, clinic, doctor });
  };

  for (const { vaccine, months, millilitres, bornFrom = '', bornBefore = '9999' } of CHILDHOOD) {
    if (birthDate < bornFrom || birthDate >= bornBefore) continue;
    for (const [at, month] of months.entries()) {
      const date = addDays(addMonths(birthDate, month), chance.int(21));
      give(date, { vaccine, dose: at + 1, millilitres });
    }
  }
  // Who has moved has something to be looked up at the former city.
  if (birthDate < '2009-05-01' && (resident.movedFrom || chance.chance(0.85))) {
    const doses = chance.between(2, COVID_DAYS.length);
    const certified = chance.chance(0.2) ? addDays('2022-01-05', chance.int(300)) : undefined;
    const product = chance.pick(['製品A（架空）', '製品B（架空）']);
    for (const [at, first] of COVID_DAYS.slice(0, doses).entries()) {
      const covid = { product, ...(at === 1 && certified && { certified }) };
      give(addDays(first, chance.int(18)), {
        vaccine: '新型コロナウイルス感染症（特例臨時接種）',
        dose: at + 1,
        millilitres: 0.3,
        covid,
      });
    }
  }
  if (birthDate < '2023-03-01' && (resident.movedFrom || chance.chance(0.5))) {
    const first = addDays('2023-11-01', chance.int(90));
    const influenza = {
      vaccine: '新型インフルエンザ（架空の住民接種）',
      millilitres: 0.5,
      pandemic: true,
    } as const;
    give(first, { ...influenza, dose: 1 });
    give(addDays(first, 21), { ...influenza, dose: 2 });
  }
  elderly(birthDate, chance, give);
  return given.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
};

/** B類: every autumn from 65 on, and once against pneumococci. */
const elderly = (
  birthDate: string,
  chance: Seeded,
  give: (date: string, what: { vaccine: string; dose: number; millilitres: number }) => void,
): void => {
  for (let year = 2019; year <= 2025; year++) {
    const date = `${year}-10-15`;
    const age = ageOn(birthDate, date);
    if (age < 65) continue;
    if (chance.chance(0.6))
      give(addDays(date, chance.int(60)), {
        vaccine: 'インフルエンザ（高齢者）',
        dose: 1,
        millilitres: 0.5,
      });
    if (year >= 2024 && chance.chance(0.3)) {
      give(addDays(date, chance.int(90)), {
        vaccine: '新型コロナウイルス感染症（高齢者）',
        dose: 1,
        millilitres: 0.3,
      });
    }
    if (age === 65 && chance.chance(0.5)) {
      give(addDays(date, chance.int(100)), {
        vaccine: '肺炎球菌（高齢者）',
        dose: 1,
        millilitres: 0.5,
      });
    }
  }
};
