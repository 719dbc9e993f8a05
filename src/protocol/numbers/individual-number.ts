import { demandDigits, modulus11 } from './modulus-11.ts';

/**
 * 個人番号: eleven digits and a check digit behind them (番号法施行令8条, 総務省令第85号5条).
 * It lives in the registry and in address-number systems, and nowhere else in the network.
 */

const DIGITS = 12;

/**
 * The check digit for the eleven digits before it.
 * @throws RangeError unless given eleven ASCII digits
 */
export const individualNumberCheckDigit = (elevenDigits: string): number => {
  demandDigits(elevenDigits, DIGITS - 1, 'individual number without its check digit');
  return modulus11(elevenDigits);
};

/** Eleven digits made into a whole individual number. Throws as `individualNumberCheckDigit` does. */
export const individualNumberWithCheckDigit = (elevenDigits: string): string =>
  `${elevenDigits}${individualNumberCheckDigit(elevenDigits)}`;

/**
 * Whether a text has the form of an individual number: twelve ASCII digits, the last of them right.
 * The rule cannot tell a remainder of 0 from one of 1, so it lets about one wrong digit in fifty by.
 */
export const isIndividualNumber = (text: string): boolean =>
  /^\d{12}$/.test(text) && modulus11(text.slice(0, -1)) === Number(text.at(-1));
