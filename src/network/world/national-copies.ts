import type { AgencyConfig } from '../config/schema.ts';
import { AS_OF, addDays, addMonths, ageOn, monthOf } from './days.ts';
import type { CopyDraft } from './holdings.ts';
import { type CopyRecord, KINDS, LAYOUTS, recordOf } from './layouts.ts';
import { prefectureOf } from './places.ts';
import type { Resident } from './resident.ts';
import type { Seeded } from './seeded.ts';

/** What an agency that is no municipality knows of a person: nothing (undefined), or them and some copies. */
export type KnownAs = readonly CopyDraft[] | undefined;

type Knowledge = (resident: Resident, agency: AgencyConfig, chance: Seeded) => KnownAs;

const draft = (information: string, records: readonly CopyRecord[]): CopyDraft[] =>
  records.length === 0 ? [] : [{ information, layoutVersion: 'X-1', records }];

const age = ({ birthDate }: Resident) => ageOn(birthDate, AS_OF);

/** Whom the holders of a role know, and what they hold. Other roles know nobody. */
const KNOWLEDGE: Readonly<Record<string, Knowledge>> = {
  都道府県知事: (resident, { code }, chance) =>
    prefectureOf(resident.municipality) === prefectureOf(code) &&
    (resident.movedFrom || chance.chance(0.5))
      ? []
      : undefined,
  法務大臣: (_, __, chance) => draft(KINDS.familyRegister, [familyRegister(chance)]),
  内閣総理大臣: (_, __, chance) =>
    chance.chance(0.6) ? draft(KINDS.payeeAccount, [payeeAccount(chance)]) : undefined,
  厚生労働大臣: (resident, _, chance) => {
    if (age(resident) < 18 || chance.chance(0.4)) return undefined;
    const unemployed = age(resident) < 65 && chance.chance(0.2);
    return unemployed ? draft(KINDS.unemployment, [unemployment(chance)]) : [];
  },
  日本年金機構: (resident, _, chance) => {
    if (age(resident) < 20) return undefined;
    return age(resident) < 65 ? [] : draft(KINDS.pension, pension(resident, chance));
  },
  全国健康保険協会: (resident, _, chance) =>
    age(resident) < 75 && chance.chance(0.5)
      ? draft(KINDS.medicalInsurance, medical('2023-04-01', chance))
      : undefined,
  後期高齢者医療広域連合: (resident, { code }, chance) =>
    age(resident) >= 75 && prefectureOf(resident.municipality) === prefectureOf(code)
      ? draft(KINDS.medicalInsurance, medical(since75(resident), chance))
      : undefined,
};

/** By the first of the agency’s roles that knows anybody. */
export const nationalCopies = (
  agency: AgencyConfig,
  resident: Resident,
  chance: Seeded,
): KnownAs => {
  const role = agency.roles.find((name) => Object.hasOwn(KNOWLEDGE, name));
  return role === undefined ? undefined : KNOWLEDGE[role]?.(resident, agency, chance);
};

const familyRegister = (chance: Seeded): CopyRecord =>
  recordOf(LAYOUTS.familyRegister, {
    親子関係記号: `P${chance.digits(8)}`,
    婚姻関係記号: chance.chance(0.5) ? `M${chance.digits(8)}` : null,
    国籍の存否: '有',
    死亡の事実: '無',
    作成年月日: addDays('2024-03-01', chance.int(700)),
  });

/** An account that no bank has: bank and branch are all zeros. */
const payeeAccount = (chance: Seeded): CopyRecord =>
  recordOf(LAYOUTS.payeeAccount, {
    金融機関コード: '0000',
    店舗コード: '000',
    預貯金種目: '普通',
    口座番号: `0000${chance.digits(3)}`,
    登録年月日: addDays('2022-03-28', chance.int(1500)),
  });

const unemployment = (chance: Seeded): CopyRecord =>
  recordOf(LAYOUTS.unemployment, {
    給付の種類: '基本手当',
    受給資格決定日: addDays('2025-10-01', chance.int(330)),
    所定給付日数: chance.pick([90, 120, 150]),
    支給残日数: chance.int(91),
    基本手当日額: chance.between(2500, 8000),
  });

const pension = (resident: Resident, chance: Seeded): CopyRecord[] => {
  const yearly = chance.between(300, 1000) * 1000;
  return [2024, 2025, 2026].flatMap((year) =>
    addMonths(resident.birthDate, 780) > `${year}-12-31`
      ? []
      : [
          recordOf(LAYOUTS.pension, {
            年金の種類: '老齢基礎年金',
            受給権発生年月日: addMonths(resident.birthDate, 780),
            支給年: year,
            年金額: yearly,
            支給停止区分: '無',
          }),
        ],
  );
};

/** From the 75th birthday, and not before the scheme began. */
const since75 = ({ birthDate }: Resident): string => {
  const birthday = addMonths(birthDate, 75 * 12);
  return birthday < '2008-04-01' ? '2008-04-01' : birthday;
};

/** Since when insured, and some months’ benefits. */
const medical = (insured: string, chance: Seeded): CopyRecord[] =>
  Array.from({ length: chance.between(2, 5) }, (_, at) =>
    recordOf(LAYOUTS.medicalInsurance, {
      資格取得日: insured,
      給付の種類: chance.pick(['療養の給付', '高額療養費', '療養費']),
      診療年月: monthOf(addMonths('2026-08-01', -at)),
      給付額: chance.between(2, 400) * 1000,
    }),
  );
