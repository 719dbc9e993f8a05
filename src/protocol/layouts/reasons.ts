import type { LayoutItem } from './layout.ts';

/** Why a value does not have the form of its item. Stable: reports and programs go by them. */
export const FORM_REASONS = [
  'required',
  'wrong_type',
  'too_long',
  'control_character',
  'characters',
  'formula',
  'individual_number',
  'full_width_digits',
  'not_integer',
  'not_decimal',
  'too_small',
  'too_large',
  'not_date',
  'no_such_date',
  'not_month',
  'not_year',
  'not_in_code_list',
  'not_individual_number',
  'check_digit',
] as const;
export type FormReason = (typeof FORM_REASONS)[number];

/** Why records do not fit together. */
export const RECORD_REASONS = ['duplicate_key', 'unknown_item', 'missing_item'] as const;
export type RecordReason = (typeof RECORD_REASONS)[number];

export interface Words {
  readonly ja: string;
  readonly en: string;
}

const CHARACTERS: Readonly<Record<string, Words>> = {
  any: { ja: '印字できる文字', en: 'printable characters' },
  full_width: { ja: '全角文字', en: 'full-width characters' },
  katakana: { ja: '全角片仮名', en: 'full-width katakana' },
  ascii: { ja: '半角英数記号', en: 'ASCII characters' },
  alphanumeric: { ja: '半角英数字とハイフン', en: 'ASCII letters, digits and hyphens' },
  digits: { ja: '半角数字', en: 'ASCII digits' },
};

/** A reason in words, with what the item wants. Never the value itself. */
export function wordsFor(reason: FormReason | RecordReason, item?: LayoutItem): Words {
  const wanted = item?.type === 'text' ? CHARACTERS[item.characters] : undefined;
  switch (reason) {
    case 'too_long':
      if (item?.type !== 'text') break;
      return { ja: `${item.max}文字を超えています`, en: `longer than ${item.max} characters` };
    case 'characters':
      if (!wanted) break;
      return {
        ja: `使えない文字があります（${wanted.ja}に限る）`,
        en: `holds characters other than ${wanted.en}`,
      };
    case 'too_small':
      if (!(item && 'least' in item)) break;
      return { ja: `${item.least} 未満です`, en: `less than ${item.least}` };
    case 'too_large':
      if (!(item && 'most' in item)) break;
      return { ja: `${item.most} を超えています`, en: `more than ${item.most}` };
    case 'not_decimal':
      if (item?.type !== 'decimal') break;
      return {
        ja: `小数（小数点以下${item.decimals}桁まで）ではありません`,
        en: `not a decimal number of at most ${item.decimals} decimals`,
      };
  }
  return WORDS[reason];
}

const WORDS: Readonly<Record<FormReason | RecordReason, Words>> = {
  required: { ja: '必須の項目が空です', en: 'required, but empty' },
  wrong_type: { ja: '型が違います', en: 'of the wrong type' },
  too_long: { ja: '長すぎます', en: 'too long' },
  control_character: {
    ja: '改行、タブ、NULなどの制御文字があります',
    en: 'holds a control character (line break, tab, NUL …)',
  },
  characters: { ja: '使えない文字があります', en: 'holds characters that are not allowed' },
  formula: {
    ja: '= + - @ で始まり、表計算ソフトが数式とみなします',
    en: 'begins with = + - @, which a spreadsheet takes for a formula',
  },
  individual_number: {
    ja: '個人番号に当たる12桁の数字があります',
    en: 'holds twelve digits that read like an individual number',
  },
  full_width_digits: { ja: '全角の数字や記号です（半角に限る）', en: 'in full-width digits' },
  not_integer: { ja: '整数ではありません', en: 'not a whole number' },
  not_decimal: { ja: '小数ではありません', en: 'not a decimal number' },
  too_small: { ja: '小さすぎます', en: 'too small' },
  too_large: { ja: '大きすぎます', en: 'too large' },
  not_date: { ja: '日付（YYYY-MM-DD）ではありません', en: 'not a date (YYYY-MM-DD)' },
  no_such_date: { ja: '暦にない日付です', en: 'no date of the calendar' },
  not_month: { ja: '年月（YYYY-MM）ではありません', en: 'not a month (YYYY-MM)' },
  not_year: { ja: '西暦年（YYYY）ではありません', en: 'not a year (YYYY)' },
  not_in_code_list: { ja: 'コード表にありません', en: 'not in the code list' },
  not_individual_number: { ja: '12桁の数字ではありません', en: 'not twelve digits' },
  check_digit: { ja: '検査用数字が正しくありません', en: 'the check digit is wrong' },
  duplicate_key: {
    ja: '同じ人について、キー項目が同じ行が既にあります',
    en: 'another record of the same person has the same key items',
  },
  unknown_item: {
    ja: 'レイアウトにない項目があります',
    en: 'holds an item that the layout has not',
  },
  missing_item: { ja: 'レイアウトの項目がありません', en: 'an item of the layout is missing' },
};
