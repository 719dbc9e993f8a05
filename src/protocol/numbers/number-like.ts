/**
 * Finds what reads like an individual number where none may be: twelve digits that stand alone, or three groups of
 * four as on a card, half- or full-width. The check digit is not asked: a number mistyped still says whose it is.
 */
const ALONE = /(?<![0-9])[0-9]{12}(?![0-9])/;
const SEPARATOR = '[ \\u002d\\u2010-\\u2015\\u2212\\u30fb\\u30fc._/·]';
const GROUPED = new RegExp(
  `(?<![0-9]|[0-9]${SEPARATOR})[0-9]{4}${SEPARATOR}[0-9]{4}${SEPARATOR}[0-9]{4}(?![0-9]|${SEPARATOR}[0-9])`,
);
const DIGITS = /\p{N}/u;
const ASCII = /^[ -~]*$/;
/** Identifiers, digests, tokens: their letters and digits are chance. */
const BY_CHANCE = /^(?=.*[A-Za-z])[\w.-]{22,}$/;

/** Whether a text holds something like an individual number (個人番号). */
export function isNumberLike(text: string): boolean {
  if (text.length < 12 || !DIGITS.test(text)) return false;
  // NFKC makes every width of a digit the same, and the ideographic space a space.
  const plain = ASCII.test(text) ? text : text.normalize('NFKC');
  return (ALONE.test(plain) || GROUPED.test(plain)) && !BY_CHANCE.test(plain);
}
