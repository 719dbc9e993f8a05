import { demandDigits } from './modulus-11.ts';

/**
 * 法人番号: a check digit in front of twelve digits (番号法施行令35条, 財務省令第70号2条).
 * Unlike an individual number it is public.
 */

const DIGITS = 13;

const digitFor = (twelveDigits: string): number => {
  let sum = 0;
  for (let n = 1; n <= twelveDigits.length; n++) {
    const weight = n % 2 === 1 ? 1 : 2;
    sum += weight * (twelveDigits.charCodeAt(twelveDigits.length - n) - 48);
  }
  return 9 - (sum % 9);
};

/**
 * The check digit (1 to 9) for the twelve digits behind it: weights 1 and 2 in turn from the lowest,
 * 9 less the weighted sum modulo 9.
 * @throws RangeError unless given twelve ASCII digits
 */
export const corporateNumberCheckDigit = (twelveDigits: string): number => {
  demandDigits(twelveDigits, DIGITS - 1, 'corporate number without its check digit');
  return digitFor(twelveDigits);
};

/** Twelve digits made into a whole corporate number. Throws as `corporateNumberCheckDigit` does. */
export const corporateNumberWithCheckDigit = (twelveDigits: string): string =>
  `${corporateNumberCheckDigit(twelveDigits)}${twelveDigits}`;

/**
 * Whether a text has the form of a corporate number: thirteen ASCII digits, the first of them right.
 * A 0 written for a 9, or the reverse, goes unnoticed: they are equal modulo 9.
 */
export const isCorporateNumber = (text: string): boolean =>
  /^\d{13}$/.test(text) && digitFor(text.slice(1)) === Number(text[0]);
