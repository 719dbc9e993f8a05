import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { japaneseDay, numericDate } from '../../src/protocol/day.ts';
import { keyedDigest, sha256 } from '../../src/protocol/digest.ts';
import {
  base64url,
  canonicalJson,
  fromBase64url,
  isBase64url,
  textOf,
  utf8,
} from '../../src/protocol/encoding.ts';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { fc } from '../support/property.ts';
import { thrown } from './support/opening.ts';
import { strayBits } from './support/variants.ts';

describe('canonical JSON (RFC 8785)', () => {
  test('is that of its §3.2.2 example', () => {
    const value = {
      // biome-ignore lint/correctness/noPrecisionLoss: as in the RFC.
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('sorts by UTF-16 code units, as §3.2.3 does', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 1])));
    expect(Object.keys(JSON.parse(text)).sort()).toEqual(sorted.toSorted());
    expect([...text.matchAll(/"((?:[^"\\]|\\.)+)":1/g)].map(([, name]) => name)).toEqual(
      sorted.map((name) => JSON.stringify(name).slice(1, -1)),
    );
  });

  test('is the same for the same value and reads back as it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['infinity', { a: Number.POSITIVE_INFINITY }],
    ['a lone surrogate', ['\ud800']],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a symbol', Symbol('a')],
  ])('of %s there is none', (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('base64url', () => {
  test('of any bytes reads back, and is the only spelling of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = base64url(bytes);
        expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
        expect(isBase64url(text)).toBe(true);
        expect(new Uint8Array(fromBase64url(text))).toEqual(bytes);
        for (const other of text === '' ? [] : [...strayBits(text), `${text}=`, `${text}A`]) {
          const same = isBase64url(other) && Buffer.from(other, 'base64url').equals(bytes);
          expect(same).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('of a view is that of the view alone', () => {
    expect(base64url(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toBe('AgM');
  });

  test('of any text is taken whole or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 8 }), fc.base64String({ maxLength: 12 })),
        (text) => {
          if (isBase64url(text)) expect(base64url(fromBase64url(text))).toBe(text);
          else expect(thrown(() => fromBase64url(text)).code).toBe('message_malformed');
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(['=', 'AA=', 'A', 'AB', 'A+', 'A/', ' ', 'AA\n', 'Ａ', 'AA.', 'A\u{1f600}'])(
    '%j is none',
    (text) => {
      expect(isBase64url(text)).toBe(false);
      expect(() => fromBase64url(text)).toThrow(RenkeiError);
    },
  );
});

describe('UTF-8', () => {
  test('reads back, byte order marks too', () => {
    expect(textOf(utf8('\ufeff連携'))).toBe('\ufeff連携');
  });

  test.each([
    ['cut short', [0xe9, 0x80]],
    ['overlong', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['no UTF-8', [0xff]],
    ['a stray continuation', [0x80]],
  ])('%s is malformed', (_what, bytes) => {
    expect(thrown(() => textOf(new Uint8Array(bytes))).code).toBe('message_malformed');
  });
});

describe('digests', () => {
  test('are SHA-256 in base64url', () => {
    expect(sha256('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
    expect(sha256(utf8('連携'))).toBe(sha256('連携'));
    expect(sha256('')).toBe(createHash('sha256').digest('base64url'));
  });

  test('with a key are HMAC-SHA-256 over each part with its length in bytes before it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.array(fc.string({ unit: 'grapheme' })),
        (key, parts) => {
          const written = parts.map((part) => `${new TextEncoder().encode(part).length}:${part}`);
          const expected = createHmac('sha256', key).update(written.join(''), 'utf8').digest();
          expect(Buffer.from(keyedDigest(key, ...parts))).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('of no two lists of parts are the same', () => {
    const key = new Uint8Array(32);
    const texts = ['', '1', '1:', ':', '11', '2:11', '連', '1:1'];
    const lists: string[][] = [[]];
    for (const a of texts) {
      lists.push([a]);
      for (const b of texts) {
        lists.push([a, b]);
        for (const c of texts) lists.push([a, b, c]);
      }
    }
    const digests = lists.map((list) => base64url(keyedDigest(key, ...list)));
    expect(new Set(digests).size).toBe(1 + 8 + 64 + 512);
  });

  test('differ with the key', () => {
    const [one, two] = [new Uint8Array(32), new Uint8Array(32).fill(1)];
    expect(keyedDigest(one, 'a')).not.toEqual(keyedDigest(two, 'a'));
  });
});

describe('days', () => {
  test.each([
    ['2026-11-21T14:59:59.999Z', '2026-11-21'],
    ['2026-11-21T15:00:00.000Z', '2026-11-22'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01'],
    ['2024-02-28T15:00:00.000Z', '2024-02-29'],
    ['1970-01-01T00:00:00.000Z', '1970-01-01'],
  ])('at %s it is %s in Japan', (instant, day) => {
    expect(japaneseDay(Date.parse(instant))).toBe(day);
  });

  test('are those of the calendar of Tokyo', () => {
    const tokyo = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' });
    // Japan had summer time until 1951.
    const since1952 = {
      min: new Date('1952-01-01'),
      max: new Date('2200-01-01'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(since1952), (date) => {
        expect(japaneseDay(date.getTime())).toBe(tokyo.format(date));
      }),
      { numRuns: 100 },
    );
  });

  test('whole seconds are those that have passed', () => {
    expect([0, 999, 1000, 1999].map(numericDate)).toEqual([0, 0, 1, 1]);
  });
});
