import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  AffairCode,
  AgencyCode,
  Day,
  Digest,
  Id,
  IdentificationCode,
  InformationCode,
  IntegratedAddressNumber,
  ItemNumber,
  ListId,
  NumericDate,
  Period,
  X25519Key,
} from '../../src/protocol/identifiers.ts';
import { fc } from '../support/property.ts';
import * as any from './support/arbitraries.ts';
import { strayBits } from './support/variants.ts';

const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

/** What is written in other digits, with spaces or beyond the end, of a text that is right. */
const nearly = (right: string): string[] => [
  '',
  ` ${right}`,
  `${right} `,
  `${right}\n`,
  `\n${right}`,
  `${right}\0`,
  `${right}${right}`,
  right.slice(1),
  right.slice(0, -1),
  `${right}0`,
  right.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  right.replace(/[0-9]/, '٣'),
  right.toLowerCase() === right ? right.toUpperCase() : right.toLowerCase(),
];

describe.each<[string, z.ZodType, string[], string[]]>([
  [
    'an agency code',
    AgencyCode,
    ['00000', '13101', '99999'],
    ['1310', '131016', '-1310', '1310a', '1e310'],
  ],
  [
    'an affair code',
    AffairCode,
    ['JM00000000000000', 'JM12345678901234'],
    ['TM00000000000000', 'JM1'],
  ],
  [
    'a code of information',
    InformationCode,
    ['TM00000000000000'],
    ['JM00000000000000', 'tm00000000000000'],
  ],
  [
    'an integrated address number',
    IntegratedAddressNumber,
    ['000000000000001'],
    ['12345678901234'],
  ],
])('%s', (_what, schema, right, wrong) => {
  test('is accepted', () => {
    expect(right.filter((text) => !accepts(schema, text))).toEqual([]);
  });

  test('in no other form', () => {
    const others = [...wrong, ...right.flatMap(nearly).filter((text) => !right.includes(text))];
    expect(others.filter((text) => accepts(schema, text))).toEqual([]);
    for (const value of [undefined, null, 13101, ['13101'], {}])
      expect(accepts(schema, value)).toBe(false);
  });
});

describe('an item number', () => {
  test.each(['1', '25', '173', '9999', '16の2', '16の2の3', '16の2の3の4', '70の10'])(
    '%s',
    (item) => {
      expect(accepts(ItemNumber, item)).toBe(true);
    },
  );

  test.each([
    ...['', '16の', 'の2', '16のの2', '16 の 2', '16-2', '16ノ2', '16乃2'],
    ...[
      '10000',
      '16の10000',
      '1の2の3の4の5',
      '１６',
      '十六',
      '25の項',
      '25\n',
      ' 25',
      '-1',
      '2.5',
    ],
  ])('not %j', (item) => {
    expect(accepts(ItemNumber, item)).toBe(false);
  });
});

test.each([
  ['a', true],
  ['order-r6-9', true],
  ['beppyo-2', true],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  ['', false],
  ['-a', false],
  ['Order', false],
  ['a_b', false],
  ['a/b', false],
  ['a.b', false],
  ['a\n', false],
  ['命令', false],
])('the id of a list: %j is one: %s', (text, expected) => {
  expect(accepts(ListId, text)).toBe(expected);
});

describe.each<[string, z.ZodType, number]>([
  ['an id', Id, 16],
  ['an identification code', IdentificationCode, 16],
  ['a digest', Digest, 32],
  ['an X25519 key', X25519Key, 32],
])('%s', (_what, schema, length) => {
  const base64url = any
    .bytes(length)
    .map((bytes) => Buffer.from(bytes.with(1, 7)).toString('base64url'));

  test('has one spelling in base64url', () => {
    fc.assert(
      fc.property(base64url, (text) => {
        expect(accepts(schema, text)).toBe(true);
        const others = [
          ...strayBits(text),
          `${text}=`,
          `${text}==`,
          ` ${text}`,
          `${text}\n`,
          text.replace(/[-_]/, '+'),
          text.replace(/[-_]/, '/'),
          Buffer.from(text, 'base64url').toString('hex'),
        ];
        for (const other of others.filter((each) => each !== text)) {
          expect([other, accepts(schema, other)]).toEqual([other, false]);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('has its length', () => {
    for (const other of [0, 1, length - 1, length + 1, 2 * length]) {
      expect(accepts(schema, Buffer.alloc(other, 7).toString('base64url'))).toBe(false);
    }
  });
});

describe('a day', () => {
  test('is one of the calendar', () => {
    fc.assert(
      fc.property(fc.nat(2400), fc.nat(14), fc.nat(33), (year, month, day) => {
        const pad = (number: number, width: number) => String(number).padStart(width, '0');
        const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
        // ECMAScript makes another day, or none, of what is not in the calendar.
        const date = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
        expect([text, accepts(Day, text)]).toEqual([text, exists]);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['2024-02-29', '2000-02-29', '2026-12-31'])('%s', (day) => {
    expect(accepts(Day, day)).toBe(true);
  });

  test.each([
    ...[
      '2023-02-29',
      '1900-02-29',
      '2026-02-30',
      '2026-04-31',
      '2026-13-01',
      '2026-00-01',
      '2026-01-00',
    ],
    ...[
      '2026-1-1',
      '26-01-01',
      '2026/01/01',
      '20260101',
      '2026-01-01T00:00:00Z',
      '2026-01-01 ',
      '令和8年',
    ],
    ...['+2026-01-01', '2026-01', '2026-W01-1', '２０２６-01-01', ''],
  ])('not %j', (day) => {
    expect(accepts(Day, day)).toBe(false);
  });
});

describe('a period', () => {
  test.each([
    {},
    { from: '2026-01-01' },
    { until: '2026-01-01' },
    { from: '2026-01-01', until: '2026-01-01' },
    { from: '2025-12-31', until: '2026-01-01' },
  ])('%j', (period) => {
    expect(accepts(Period, period)).toBe(true);
  });

  test.each([
    [{ from: '2026-01-02', until: '2026-01-01' }],
    [{ from: '2026-02-30' }],
    [{ from: null }],
    [{ since: '2026-01-01' }],
    [[]],
    ['2026-01-01'],
  ])('not %j', (period) => {
    expect(accepts(Period, period)).toBe(false);
  });
});

test.each([
  [0, true],
  [1_795_305_600, true],
  [253_402_300_799, true],
  [253_402_300_800, false],
  [-1, false],
  [0.5, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
  ['0', false],
])('the time %s is a NumericDate: %s', (time, expected) => {
  expect(accepts(NumericDate, time)).toBe(expected);
});
