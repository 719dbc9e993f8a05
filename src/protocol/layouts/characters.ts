import { isNumberLike } from '../numbers/number-like.ts';
import type { Characters } from './layout.ts';

/**
 * Never in any text: control characters (with NUL, tab and line breaks), what turns the direction of writing or is
 * not seen, private use, lone surrogates and code points that are none.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;
const CONTROL = /\p{Cc}/u;

const ALLOWED: Readonly<Record<Characters, RegExp>> = {
  any: /^.*$/su,
  // Everything but ASCII and Latin-1, half-width katakana (JIS X 0201) and half-width symbols.
  full_width: /^[\u0100-\uff60\uffe0-\uffe7\u{10000}-\u{10ffff}]*$/u,
  katakana: /^[\u30a1-\u30fc\u3000・ー]*$/u,
  ascii: /^[\x20-\x7e]*$/,
  alphanumeric: /^[A-Za-z0-9-]*$/,
  digits: /^[0-9]*$/,
};

/** Most cells are of these: quick to see, and allowed wherever `any` is. */
const PLAIN = /^[\x20-\x7e\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff]*$/;
const FORMULA = '=+-@＝＋－＠';

/** What of a text’s characters is wrong, if anything. */
export function charactersProblem(
  text: string,
  characters: Characters,
  formulas: boolean,
): 'control_character' | 'characters' | 'formula' | 'individual_number' | undefined {
  const plain = characters === 'any' || characters === 'full_width' ? PLAIN : ALLOWED[characters];
  if (!plain.test(text) && UNPRINTABLE.test(text)) {
    return CONTROL.test(text) ? 'control_character' : 'characters';
  }
  if (characters !== 'any' && !ALLOWED[characters].test(text)) return 'characters';
  if (!formulas && FORMULA.includes(text.charAt(0))) return 'formula';
  // A node may not hold one, and a free text would keep it for ever.
  return isNumberLike(text) ? 'individual_number' : undefined;
}

const FULL_WIDTH_DIGITS = /^[０-９0-9]*[０-９][０-９0-9．，－−‐.,-]*$/u;

/** Whether a text would be a number or a date if its digits were not full-width. */
export const hasFullWidthDigits = (text: string): boolean => FULL_WIDTH_DIGITS.test(text);
