import type { Reason } from '../../../protocol/permission/invalid.ts';

export type Column = 'item' | 'inquirer' | 'affair' | 'provider' | 'information';

/** What the columns are called in the law. */
export const COLUMNS: Readonly<Record<Column, string>> = {
  item: '項',
  inquirer: '情報照会者',
  affair: '事務',
  provider: '情報提供者',
  information: '特定個人情報',
};

export type DoubtCode =
  /** A list of words that may or may not be a list of roles (or kinds): left as one. */
  | 'kept_whole'
  /** It doesn't end the way that its column's entries do. */
  | 'unusual'
  /** A bracket whose purpose isn't known: left where it is. */
  | 'bracket_kept'
  | 'brackets_unbalanced'
  /** 「以下「…」という。」 after a list of roles: what exactly it names is for the reader to judge. */
  | 'short_name'
  /** One thing named twice in a cell: taken once. */
  | 'named_twice'
  /** An empty cell without a span: read as the one above it. */
  | 'carried_down'
  /** Items, subitems or figures in a cell: read as running text. */
  | 'structure'
  /** The information is narrowed by another article than the affair. */
  | 'another_article';

/** Something that a person should look at: where, what stands there, what was made of it. */
export interface Doubt {
  readonly item: string;
  readonly column: Column;
  readonly code: DoubtCode;
  /** What the doubt is about: the cell, or the part of it. */
  readonly text: string;
  readonly done: Reason;
}

/** What a function that reads one cell says of it; the caller knows item and column. */
export type CellDoubt = Pick<Doubt, 'code' | 'text'>;

/** What was done in each case. */
export const DONE: Readonly<Record<DoubtCode, Reason>> = {
  kept_whole: {
    ja: '分けずに一つの語としました',
    en: 'left as one, since the parts are not surely entries of their own',
  },
  unusual: { ja: 'そのまま採りました', en: 'taken as it stands, though it ends unusually' },
  bracket_kept: { ja: '括弧書きを残しました', en: 'the bracket was left in the name' },
  brackets_unbalanced: {
    ja: '括弧が対応していないため、そのまま採りました',
    en: 'brackets do not match; taken as it stands',
  },
  short_name: {
    ja: '定義された略称を役割の名としました',
    en: 'the short name that is defined here was taken as the role',
  },
  named_twice: { ja: '一度だけ採りました', en: 'named twice, taken once' },
  carried_down: { ja: '上の欄と同じと読みました', en: 'empty; read as the cell above' },
  structure: {
    ja: '号・図などを続けた文として読みました',
    en: 'nested items or figures were read as running text',
  },
  another_article: {
    ja: '事務の条だけを記録しました',
    en: 'only the article of the affair was recorded',
  },
};
