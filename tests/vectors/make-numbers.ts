import { corporateNumberWithCheckDigit } from '../../src/protocol/numbers/corporate-number.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';
import { residentCodeWithCheckDigit } from '../../src/protocol/numbers/resident-code.ts';

/** Numbers with their check digit; the digits they are made of; and texts that are none. */
export interface NumberVectors {
  readonly [sort: string]: {
    readonly valid: readonly { readonly digits: string; readonly number: string }[];
    readonly invalid: readonly string[];
  };
}

/** Numbers of this length that no two of are alike: counting, repeating, and the ends of the range. */
const digitsOf = (length: number): string[] =>
  [
    '0',
    '1',
    '9',
    '12345678901234',
    '98765432109876',
    '31415926535897',
    '27182818284590',
    // Remainders of 0 and of 1, which one rule cannot tell apart.
    '6',
    '10',
  ].map((digits) => digits.slice(0, length).padStart(length, '0'));

const sort = (length: number, withCheckDigit: (digits: string) => string) => {
  const valid = digitsOf(length).map((digits) => ({ digits, number: withCheckDigit(digits) }));
  const example = withCheckDigit('12345678901234'.slice(0, length));
  const last = Number(example.at(-1));
  return {
    valid,
    invalid: [
      '',
      example.slice(1),
      `${example}0`,
      `${example.slice(0, -1)}${(last + 1) % 10}`,
      `${(Number(example[0]) + 3) % 10}${example.slice(1)}`,
      `${example.slice(0, -1)}x`,
      ` ${example}`,
      `${example}\n`,
      example.replace(/\d/, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
      `${example.slice(0, 4)}-${example.slice(4)}`,
    ],
  };
};

export const numberVectors = (): NumberVectors => ({
  individualNumber: sort(11, individualNumberWithCheckDigit),
  residentCode: sort(10, residentCodeWithCheckDigit),
  corporateNumber: sort(12, corporateNumberWithCheckDigit),
});
