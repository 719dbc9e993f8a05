import { addDays, ageOn, fiscalYear, fiscalYearEnd, monthOf } from './days.ts';
import { type CopyRecord, LAYOUTS, recordOf } from './layouts.ts';
import type { Vaccination } from './vaccination.ts';

/** Whose record it is, as the city’s vaccination file (予防接種ファイル) knows the person. */
export interface FilePerson {
  readonly addressNumber: string;
  readonly birthDate: string;
  readonly sex: '男' | '女';
}

const four = (number: number) => String(number).padStart(4, '0');

/** The layout in which a city keeps its vaccination file: 熊谷市 its own, all others 松江市’s. */
export const vaccinationLayoutOf = (agency: string): 'K-1' | 'M-1' =>
  agency === '11202' ? 'K-1' : 'M-1';

/** One vaccination as that city writes it down. */
export const vaccinationRecord = (
  agency: string,
  person: FilePerson,
  vaccination: Vaccination,
): CopyRecord =>
  vaccinationLayoutOf(agency) === 'K-1'
    ? kumagaya(person, vaccination)
    : matsue(agency, person, vaccination);

/** K-1. Tuberculin tests ended before the file begins, so their four items stay empty. */
const kumagaya = (person: FilePerson, given: Vaccination): CopyRecord =>
  recordOf(LAYOUTS['K-1'], {
    接種種別: given.vaccine,
    接種区分: `${given.dose}回目`,
    宛名番号: person.addressNumber,
    生年月日: person.birthDate,
    性別: person.sex,
    'Lot No': given.lot,
    接種量: given.millilitres,
    接種_医療機関id: `I${four(given.clinic)}`,
    接種年月日: given.date,
    請求月: monthOf(addDays(given.date, 31)),
    実施場所id: `B${four(given.clinic)}`,
    予診区分: '接種',
    予診_医療機関id: `I${four(given.clinic)}`,
    予診_医師id: `D${four(given.doctor)}`,
    接種_医師id: `D${four(given.doctor)}`,
    ワクチン会社: given.maker,
    二混合区分: given.vaccine === '二種混合' ? '第2期' : null,
    初回ワクチン区分: given.dose === 1 ? '初回' : null,
  });

/**
 * M-1. The items that a vaccination certificate needs are filled only where one was given; 旅券関係情報 would
 * hold a name in Roman letters, and stays empty always.
 */
const matsue = (agency: string, person: FilePerson, given: Vaccination): CopyRecord => {
  const { covid } = given;
  return recordOf(LAYOUTS['M-1'], {
    西暦年度: fiscalYear(given.date),
    宛名番号: person.addressNumber,
    '接種・予診日': given.date,
    接種種別: given.vaccine,
    接種回数: given.dose,
    接種判定: '接種',
    接種日年齢: ageOn(person.birthDate, given.date),
    年度末年齢: ageOn(person.birthDate, fiscalYearEnd(given.date)),
    '請求日(月)': monthOf(addDays(given.date, 31)),
    実施医療機関: `架空第${given.clinic}医院`,
    実施場所: covid ? '集団接種会場' : '医療機関',
    実施区分: covid ? '集団' : '個別',
    問診医: `医師${four(given.doctor)}`,
    接種医: `医師${four(given.doctor)}`,
    接種番号: `${given.date.replaceAll('-', '')}-${four(given.clinic)}`,
    メーカー: given.maker,
    'Lot.No.': given.lot,
    接種量: given.millilitres,
    接種自治体コード: agency,
    VRS取込日: covid ? addDays(given.date, 1) : null,
    VRS移出日: null,
    ワクチン種類: covid ? 'mRNAワクチン' : null,
    製品名: covid?.product ?? null,
    証明書ID: covid?.certified ? `架空-${given.lot}-${four(given.clinic)}` : null,
    証明書発行年月日: covid?.certified ?? null,
  });
};
