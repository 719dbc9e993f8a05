import { expect, test } from 'vitest';
import { individualNumberWithCheckDigit } from '../../../src/protocol/numbers/individual-number.ts';
import { isNumberLike } from '../../../src/protocol/numbers/number-like.ts';
import { fc } from '../../support/property.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const wide = (text: string) =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const grouped = (separator: string) => (text: string) =>
  [text.slice(0, 4), text.slice(4, 8), text.slice(8)].join(separator);
const spelling = fc.constantFrom(
  ...[(text: string) => text, wide],
  ...['-', ' ', '　', '－', '‐', '−', '・', 'ー'].flatMap((separator) => [
    grouped(separator),
    (text: string) => wide(grouped(separator)(text)),
  ]),
);
const words = fc.string({ unit: fc.constantFrom(...'あ亜aZ :、（'), maxLength: 8 });

test('an individual number is found in any spelling, whatever stands around it, right or mistyped', () => {
  fc.assert(
    fc.property(
      digits(11),
      fc.option(digits(1)),
      spelling,
      words,
      words,
      (eleven, wrong, spell, before, after) => {
        const number =
          wrong === null ? individualNumberWithCheckDigit(eleven) : `${eleven}${wrong}`;
        expect(isNumberLike(`${before}${spell(number)}${after}`)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ...[
    '',
    'あ',
    '12345678901',
    '1234567890123',
    '123456789012345',
    '2021-05-28 10:30',
    '2026-04-01',
  ],
  ...[
    '090-1234-5678',
    '1234-5678-9012-3456',
    '2026-11-22T09:00:00.000Z',
    'JM73234166857364',
    '32201',
  ],
  'Q2-123456789012abcdefghijkl',
])('%j is none', (text) => {
  expect(isNumberLike(text)).toBe(false);
});
