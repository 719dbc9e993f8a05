import { describe, expect, test } from 'vitest';
import { japaneseDay } from '../../../src/protocol/day.ts';
import {
  KeepPeriod,
  keepMonths,
  overBefore,
  overOn,
} from '../../../src/protocol/log/keep-period.ts';
import { fc } from '../../support/property.ts';

test('a period is years and months', () => {
  expect(['P7Y', 'P7Y6M', 'P84M', 'P100Y'].map(keepMonths)).toEqual([84, 90, 84, 1200]);
  for (const wrong of ['P', '7', 'P7', 'P7D', 'PT7M', 'P1M7Y', 'P101Y', 'p7y', 'P7Y ', '']) {
    expect(KeepPeriod.safeParse(wrong).success, wrong).toBe(false);
  }
});

test.each([
  ['2019-11-22', '2026-11-23'],
  // The day itself does not count, so the seven years begin on March 1.
  ['2020-02-29', '2027-03-01'],
  // They begin on a February 29 that the last year lacks: its February is over first.
  ['2020-02-28', '2027-03-01'],
  ['2021-02-28', '2028-03-01'],
  ['2019-12-31', '2027-01-01'],
])('what was written on %s is over on %s, by the calendar (民法140条・143条)', (day, over) => {
  expect(overOn(day, 84)).toBe(over);
});

describe('the instant before which everything is over', () => {
  const at = (text: string) => Date.parse(`${text}+09:00`);

  test('moves at midnight in Japan', () => {
    expect(overBefore(at('2026-11-22T23:59:59.999'), 84)).toBe(at('2019-11-22T00:00:00'));
    expect(overBefore(at('2026-11-23T00:00:00.000'), 84)).toBe(at('2019-11-23T00:00:00'));
  });

  test('is exactly where it begins to be, for any instant and period', () => {
    const instants = fc.integer({ min: 0, max: at('2199-12-31T00:00:00') });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 1200 }), (now, months) => {
        const before = overBefore(now, months);
        expect(overOn(japaneseDay(before - 1), months) <= japaneseDay(now)).toBe(true);
        expect(overOn(japaneseDay(before), months) > japaneseDay(now)).toBe(true);
      }),
    );
  });
});
