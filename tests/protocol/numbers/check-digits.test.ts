import { describe, expect, test } from 'vitest';
import {
  corporateNumberCheckDigit,
  corporateNumberWithCheckDigit,
  isCorporateNumber,
} from '../../../src/protocol/numbers/corporate-number.ts';
import {
  individualNumberCheckDigit,
  individualNumberWithCheckDigit,
  isIndividualNumber,
} from '../../../src/protocol/numbers/individual-number.ts';
import { isIntegratedAddressNumber } from '../../../src/protocol/numbers/integrated-address-number.ts';
import {
  isResidentCode,
  residentCodeCheckDigit,
  residentCodeWithCheckDigit,
} from '../../../src/protocol/numbers/resident-code.ts';
import { fc } from '../../support/property.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(''));

/** A number with one of its digits replaced by another one. */
const slipIn = (number: string, position: number, by: number) => {
  const at = position % number.length;
  return `${number.slice(0, at)}${(Number(number[at]) + by) % 10}${number.slice(at + 1)}`;
};
const slip = { position: fc.nat(1000), by: fc.integer({ min: 1, max: 9 }) };

/** 総務省令第85号5条 read aloud: the remainder before it becomes a digit. */
const remainder = (payload: string) =>
  [...payload]
    .reverse()
    .reduce((sum, digit, at) => sum + Number(digit) * (at < 6 ? at + 2 : at - 4), 0) % 11;

describe('known numbers', () => {
  test.each([
    ['12345678901', 8],
    ['00000000000', 0],
  ])('individual number %s has the check digit %i', (payload, digit) => {
    expect(individualNumberCheckDigit(payload)).toBe(digit);
    expect(isIndividualNumber(`${payload}${digit}`)).toBe(true);
  });

  test('corporate number 123456789012 has the check digit 7 in front', () => {
    expect(corporateNumberCheckDigit('123456789012')).toBe(7);
    expect(corporateNumberWithCheckDigit('123456789012')).toBe('7123456789012');
    expect(isCorporateNumber('7123456789012')).toBe(true);
  });

  test('a remainder of 0 and one of 1 both give 0', () => {
    expect(remainder('00000000000')).toBe(0);
    expect(remainder('00000000006')).toBe(1);
    expect(individualNumberCheckDigit('00000000006')).toBe(0);
    expect(residentCodeCheckDigit('0000000006')).toBe(0);
  });
});

describe.each([
  {
    kind: 'individual number',
    length: 11,
    complete: individualNumberWithCheckDigit,
    accepts: isIndividualNumber,
  },
  {
    kind: 'resident code',
    length: 10,
    complete: residentCodeWithCheckDigit,
    accepts: isResidentCode,
  },
])('$kind', ({ length, complete, accepts }) => {
  test('with its own check digit it is accepted', () => {
    fc.assert(fc.property(digits(length), (payload) => accepts(complete(payload))));
  });

  test('one wrong digit goes unnoticed only between the remainders 0 and 1', () => {
    fc.assert(
      fc.property(digits(length), fc.record(slip), (payload, { position, by }) => {
        const wrong = slipIn(complete(payload), position, by);
        const both = [payload, wrong.slice(0, -1)];
        const blind = both[0] !== both[1] && both.every((each) => remainder(each) <= 1);
        expect(accepts(wrong)).toBe(blind);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['', '1', 'x', '１２３４５６７８９０１'])(
    '%j cannot be completed, and the complaint does not quote it',
    (text) => {
      expect(() => complete(text)).toThrow(RangeError);
      expect(() => complete(`9${'8'.repeat(length)}`)).toThrow(/^[^98]*$/);
      expect(accepts(text)).toBe(false);
    },
  );
});

describe('corporate number', () => {
  test('one wrong digit goes unnoticed only between 0 and 9 behind the check digit', () => {
    fc.assert(
      fc.property(digits(12), fc.record(slip), (payload, { position, by }) => {
        const number = corporateNumberWithCheckDigit(payload);
        expect(isCorporateNumber(number)).toBe(true);
        const wrong = slipIn(number, position, by);
        const at = position % number.length;
        const blind = at > 0 && new Set([number[at], wrong[at]]).isSubsetOf(new Set(['0', '9']));
        expect(isCorporateNumber(wrong)).toBe(blind);
      }),
      { numRuns: 2000 },
    );
  });
});

test('an integrated address number is fifteen digits, whatever they are', () => {
  fc.assert(fc.property(digits(15), isIntegratedAddressNumber));
  for (const text of ['12345678901234', '1234567890123456', '12345678901234x', '']) {
    expect(isIntegratedAddressNumber(text)).toBe(false);
  }
});
