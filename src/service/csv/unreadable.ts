export type UnreadableReason =
  | 'wrong_encoding'
  | 'quote_not_closed'
  | 'quote_misplaced'
  | 'record_too_large';

const WORDS: Readonly<Record<UnreadableReason, readonly [ja: string, en: string]>> = {
  wrong_encoding: [
    'この文字コードのファイルではありません。以降は読めません',
    'not in this encoding; what follows cannot be read',
  ],
  quote_not_closed: [
    '引用符が閉じられていません。以降は読めません',
    'a quote is not closed; what follows cannot be read',
  ],
  quote_misplaced: [
    '引用符の位置が正しくありません。以降は読めません',
    'a quote is in the wrong place; what follows cannot be read',
  ],
  record_too_large: [
    '行が長すぎます。以降は読めません',
    'the line is too long; what follows cannot be read',
  ],
};

/** A file that cannot be read on from here. Says where and why, and nothing of what it holds. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly reason: UnreadableReason;
  /** Line of the file, from 1. */
  readonly line: number;
  /** Which cell of the line, from 1, where it is known. */
  readonly column: number | undefined;
  readonly ja: string;
  readonly en: string;

  constructor(reason: UnreadableReason, line: number, column?: number) {
    super(`${reason} in line ${line}`);
    this.reason = reason;
    this.line = line;
    this.column = column;
    [this.ja, this.en] = WORDS[reason];
  }
}
