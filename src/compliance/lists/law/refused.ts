import type { Reason } from '../../../protocol/permission/invalid.ts';

/** Why a law file isn't taken. The codes are stable. */
export type LawRefusalCode =
  | 'law_too_large'
  | 'law_unreadable'
  | 'law_not_utf8'
  | 'law_has_doctype'
  | 'law_too_deep'
  | 'law_not_xml'
  | 'law_not_law'
  | 'law_no_table'
  | 'law_several_tables'
  | 'law_table_unreadable';

/** A law file that can't become a permission list: what is wrong and what to do about it. */
export class LawRefused extends Error {
  override readonly name = 'LawRefused';
  readonly code: LawRefusalCode;
  readonly reason: Reason;
  readonly hint: Reason;
  /** Number of the item, when one of them is at fault. */
  readonly item: string | undefined;

  constructor(
    code: LawRefusalCode,
    reason: Reason,
    hint: Reason,
    { item, ...options }: ErrorOptions & { readonly item?: string } = {},
  ) {
    const where = item === undefined ? '' : `${item}の項 (item ${item}): `;
    super(`${code}: ${where}${reason.ja} / ${reason.en}`, options);
    this.code = code;
    this.reason = reason;
    this.hint = hint;
    this.item = item;
  }
}
