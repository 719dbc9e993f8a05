import type { RowFinding } from './row.ts';

/** What can be wrong with a row, in both languages. What stands there is never repeated. */
const PROBLEMS = {
  wrong_column_count: [
    '列の数が違います。照会依頼ファイルは18列、または見出し行のある CSV です',
    'wrong number of columns: an inquiry file has 18, any other file a header line',
  ],
  unknown_column: ['この見出しの列はありません', 'there is no column of this name'],
  column_twice: ['同じ列が2つあります', 'the column is there twice'],
  column_missing: ['列がありません', 'the column is missing'],
  no_rows: ['照会が1件もありません', 'no inquiry in the file'],
  wrong_width: ['幅が違います', 'wrong width'],
  missing: ['必須です', 'needed'],
  too_long: ['長すぎます', 'too long'],
  full_width: ['半角で書いてください', 'full-width characters: write half-width ones'],
  control_character: ['制御文字があります', 'a control character'],
  individual_number: [
    '個人番号に当たる12桁の数字があります。統合宛名番号を使ってください',
    'twelve digits that read like an individual number: use the integrated address number',
  ],
  wrong_form: ['書式が違います', 'wrong form'],
  no_such_date: ['存在しない日時です', 'no such date or time'],
  ends_before_it_begins: ['終わりが始めより前です', 'the end is before the beginning'],
  numbers_differ: [
    '宛名番号と統合宛名番号が違います。どちらか一方を書いてください',
    'address number and integrated address number differ: write one of them',
  ],
  not_simulated: ['この値は扱えません', 'the simulator cannot do this'],
  not_this_agency: ['この機関ではありません', 'not this agency'],
  unknown_provider: ['この機関は名簿にありません', 'no such agency in the directory'],
  no_code: [
    'この宛名番号の識別符号がありません',
    'nobody with a code has this address number here',
  ],
  unknown_affair: ['この事務は照合リストにありません', 'no list in force has this affair'],
  unknown_item: ['この項は照合リストにありません', 'no list in force has this item'],
  unknown_information: [
    'この特定個人情報は照合リストにありません',
    'no list in force has this kind of information',
  ],
  not_allowed: [
    'この業務システムまたは職員の担当する事務ではありません',
    'not among what this business system or user may ask for',
  ],
  duplicate_row: ['同じ照会がすでにあります', 'the same inquiry is there already'],
} as const;
export type Problem = keyof typeof PROBLEMS;

/** @param more in both languages, in brackets behind */
export const finding = (
  problem: Problem,
  column?: string,
  more?: { readonly ja: string; readonly en: string },
): RowFinding => {
  const [ja, en] = PROBLEMS[problem];
  return {
    ...(column !== undefined && { column }),
    problem,
    ja: more ? `${ja}（${more.ja}）` : ja,
    en: more ? `${en} (${more.en})` : en,
  };
};
