/**
 * A layout (版, データ標準レイアウト): which items a record of a kind of information has, of which form. Inquirer,
 * provider and their business systems go by the same ones, so that types and characters survive.
 */
export interface Layout {
  /** Kinds of information that use it, by their names in the permission list. */
  readonly information: readonly string[];
  /** `K-1`. Kind and version together name a layout. */
  readonly version: string;
  /** In the order of the columns of a file. */
  readonly items: readonly LayoutItem[];
  /** The item that says which day, month or year a record is about. */
  readonly datedBy?: string | undefined;
  /** Items that together are different in every record of one person; none: records may be alike. */
  readonly key: readonly string[];
}

interface Named {
  readonly name: string;
  /** An empty cell, or null, is refused. */
  readonly required: boolean;
}

export interface TextItem extends Named {
  readonly type: 'text';
  /** Characters, counted as code points. */
  readonly max: number;
  readonly characters: Characters;
  /** Whether it may begin with = + - @, which a spreadsheet takes for a formula. */
  readonly formulas: boolean;
}

export interface NumberItem extends Named {
  readonly type: 'integer' | 'decimal';
  readonly least: number;
  readonly most: number;
  /** Of a decimal: digits behind the point at most. */
  readonly decimals: number;
}

export interface CodeItem extends Named {
  readonly type: 'code';
  readonly codes: readonly string[];
}

export interface PlainItem extends Named {
  /** YYYY-MM-DD, YYYY-MM, YYYY; twelve digits with a right check digit. */
  readonly type: 'date' | 'month' | 'year' | 'individual_number';
}

export type LayoutItem = TextItem | NumberItem | CodeItem | PlainItem;

/**
 * Which characters a text may have: `any` printable ones (no control characters, nothing invisible that changes
 * its neighbours, no private use), those of Shift_JIS’s full width, full-width katakana, ASCII, letters and
 * digits of ASCII with hyphen, or digits alone.
 */
export const CHARACTERS = [
  'any',
  'full_width',
  'katakana',
  'ascii',
  'alphanumeric',
  'digits',
] as const;
export type Characters = (typeof CHARACTERS)[number];

/**
 * Columns that stand before the items in a file of copies, and are no items: whose copy it is, its flags (1 or 0),
 * from which day it counts, and from which no more.
 */
export const FILE_COLUMNS = {
  person: '統合宛名番号',
  autoResponseDisabled: '自動応答不可フラグ',
  nonDisclosable: '不開示',
  published: '公開日',
  ended: '終了日',
} as const;
