import { AS_OF, addDays, addMonths, ageOn, monthOf } from './days.ts';
import type { CopyDraft, Person } from './holdings.ts';
import { type CopyRecord, KINDS, LAYOUTS, recordOf } from './layouts.ts';
import type { Resident } from './resident.ts';
import type { Seeded } from './seeded.ts';
import type { Vaccination } from './vaccination.ts';
import { vaccinationLayoutOf, vaccinationRecord } from './vaccination-file.ts';

/** What a city holds of a person who lives there, or who did. Kinds of which it has no record are left out. */
export const municipalCopies = (
  agency: string,
  resident: Resident,
  person: Omit<Person, 'integratedAddressNumber' | 'hasCode'>,
  vaccinations: readonly Vaccination[],
  chance: Seeded,
): CopyDraft[] => {
  const stay = stayOf(agency, resident);
  const lived = (day: string) => day >= stay.from && day < stay.until;
  const vaccinated = vaccinations.filter(({ date }) => lived(date));
  const write = (given: Vaccination) => vaccinationRecord(agency, person, given);
  const file = vaccinationLayoutOf(agency);
  const drafts: CopyDraft[] = [
    draft(KINDS.vaccination, file, vaccinated.filter(({ pandemic }) => !pandemic).map(write)),
    draft(
      KINDS.pandemicVaccination,
      file,
      vaccinated.filter(({ pandemic }) => pandemic).map(write),
    ),
    draft(KINDS.residentRecord, 'X-1', [residentRecord(agency, resident, person)]),
    draft(KINDS.localTax, 'X-1', localTax(resident, lived, chance)),
  ];
  if (ageOn(resident.birthDate, AS_OF) >= 65 && chance.chance(0.3)) {
    drafts.push(draft(KINDS.longTermCare, 'X-1', longTermCare(lived, chance)));
  }
  if (ageOn(resident.birthDate, AS_OF) >= 18 && chance.chance(0.03)) {
    drafts.push({
      ...draft(KINDS.publicAssistance, 'X-1', publicAssistance(lived, chance)),
      sensitive: true,
    });
  }
  return drafts.filter(({ records }) => records.length > 0);
};

const draft = (
  information: string,
  layoutVersion: string,
  records: readonly CopyRecord[],
): CopyDraft => ({
  information,
  layoutVersion,
  records,
});

/** From which day until before which day a person lived there. */
const stayOf = (agency: string, { municipality, movedFrom, birthDate }: Resident) => ({
  from: agency === municipality && movedFrom ? movedFrom.on : birthDate,
  until: agency === municipality || !movedFrom ? '9999-12-31' : movedFrom.on,
});

const residentRecord = (
  agency: string,
  { municipality, movedFrom, birthDate }: Resident,
  { name, kana, sex, address }: Pick<Person, 'name' | 'kana' | 'sex' | 'address'>,
): CopyRecord => {
  const came = agency === municipality;
  return recordOf(LAYOUTS.residentRecord, {
    氏名: name,
    氏名カナ: kana,
    生年月日: birthDate,
    性別: sex,
    住所: address,
    異動事由: movedFrom ? (came ? '転入' : '転出') : '出生',
    異動年月日: movedFrom?.on ?? birthDate,
    異動前市町村コード: movedFrom?.agency ?? null,
    異動後市町村コード: movedFrom ? municipality : null,
  });
};

/** Taxed where one lived on the first of January (地方税法318条). */
const localTax = (
  resident: Resident,
  lived: (day: string) => boolean,
  chance: Seeded,
): CopyRecord[] =>
  [2023, 2024, 2025, 2026].flatMap((year) => {
    if (!lived(`${year}-01-01`) || ageOn(resident.birthDate, `${year}-01-01`) < 20) return [];
    const income = chance.chance(0.25) ? 0 : chance.between(30, 900) * 10_000;
    const taxable = Math.max(0, income - 1_100_000);
    const record = recordOf(LAYOUTS.localTax, {
      課税年度: year,
      合計所得金額: income,
      総所得金額等: income,
      所得割額: Math.floor(taxable / 10_000) * 1000,
      均等割額: income === 0 ? 0 : 4000,
      扶養人数: chance.int(4),
    });
    return [record];
  });

const longTermCare = (lived: (day: string) => boolean, chance: Seeded): CopyRecord[] => {
  const level = chance.pick([
    '要支援1',
    '要支援2',
    '要介護1',
    '要介護2',
    '要介護3',
    '要介護4',
    '要介護5',
  ]);
  const from = addDays('2025-06-01', chance.int(300));
  const share = chance.pick([1, 1, 1, 2, 3]);
  return months('2026-04-01', 6).flatMap((month) =>
    month < from || !lived(month)
      ? []
      : [
          recordOf(LAYOUTS.longTermCare, {
            要介護状態区分: level,
            認定有効期間開始日: from,
            認定有効期間終了日: addDays(addMonths(from, 24), -1),
            負担割合: share,
            給付月: monthOf(month),
            給付額: chance.between(20, 300) * 1000,
          }),
        ],
  );
};

const publicAssistance = (lived: (day: string) => boolean, chance: Seeded): CopyRecord[] => {
  const began = addDays('2025-10-01', chance.int(150));
  return months('2026-04-01', 6).flatMap((month) =>
    lived(month)
      ? [
          recordOf(LAYOUTS.publicAssistance, {
            保護開始日: began,
            扶助の種類: '生活扶助・住宅扶助',
            支給月: monthOf(month),
            支給額: chance.between(70, 130) * 1000,
          }),
        ]
      : [],
  );
};

const months = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => addMonths(first, at));
