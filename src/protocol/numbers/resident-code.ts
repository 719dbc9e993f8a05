import { demandDigits, modulus11 } from './modulus-11.ts';

/**
 * 住民票コード: ten digits and a check digit. The rule for the digit is not public; published samples
 * fit the individual number's weights over ten digits, and the simulator takes that for the rule.
 */

const DIGITS = 11;

/**
 * The check digit for the ten digits before it.
 * @throws RangeError unless given ten ASCII digits
 */
export const residentCodeCheckDigit = (tenDigits: string): number => {
  demandDigits(tenDigits, DIGITS - 1, 'resident code without its check digit');
  return modulus11(tenDigits);
};

/** Ten digits made into a whole resident code. Throws as `residentCodeCheckDigit` does. */
export const residentCodeWithCheckDigit = (tenDigits: string): string =>
  `${tenDigits}${residentCodeCheckDigit(tenDigits)}`;

/** Whether a text has the form of a resident code: eleven ASCII digits, the last of them right. */
export const isResidentCode = (text: string): boolean =>
  /^\d{11}$/.test(text) && modulus11(text.slice(0, -1)) === Number(text.at(-1));
