import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  ageOn,
  daysBetween,
  fiscalYear,
  fiscalYearEnd,
} from '../../src/network/world/days.ts';
import { seeded } from '../../src/network/world/seeded.ts';
import { fc } from '../support/property.ts';

describe('seeded chance', () => {
  const draws = (...labels: string[]) => {
    const chance = seeded('seed', ...labels);
    return [
      chance.int(1000),
      chance.digits(20),
      chance.bytes(8).join(),
      chance.shuffle([1, 2, 3, 4]).join(),
    ];
  };

  test('repeats itself, on every machine', () => {
    expect(draws('a')).toEqual(draws('a'));
    expect(seeded('renkei', 'check').digits(15)).toBe('657466578669277');
  });

  test('has a stream of its own for each seed and list of labels', () => {
    expect(draws('a', 'b')).not.toEqual(draws('ab'));
    expect(draws('a', 'b')).not.toEqual(draws('a,b'));
    expect(seeded('x').digits(30)).not.toBe(seeded('y').digits(30));
  });

  test('draws within the bounds, and every number of them', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 12 }), (seed, below) => {
        const chance = seeded(seed);
        const drawn = Array.from({ length: below * 40 }, () => chance.int(below));
        expect(new Set(drawn).size).toBe(below);
        expect(Math.max(...drawn)).toBe(below - 1);
      }),
      { numRuns: 50 },
    );
    expect(() => seeded('x').int(0)).toThrow(RangeError);
    expect(() => seeded('x').pick([])).toThrow(RangeError);
  });

  test('digits are as many as asked, longer than one draw too; shuffling loses nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 40 }), (seed, length) => {
        const chance = seeded(seed);
        expect(chance.digits(length)).toMatch(new RegExp(`^\\d{${length}}$`));
        const items = Array.from({ length }, (_, at) => at);
        expect(chance.shuffle(items).sort((a, b) => a - b)).toEqual(items);
        expect(chance.bytes(5000)).toHaveLength(5000);
      }),
      { numRuns: 50 },
    );
  });
});

describe('days', () => {
  test.each([
    [addDays('2024-02-28', 1), '2024-02-29'],
    [addDays('2025-01-01', -1), '2024-12-31'],
    [addMonths('2024-01-31', 1), '2024-02-29'],
    [addMonths('2024-11-30', 3), '2025-02-28'],
    [daysBetween('2024-01-01', '2025-01-01'), 366],
    [ageOn('2000-10-01', '2026-09-30'), 25],
    [ageOn('2000-10-01', '2026-10-01'), 26],
    [fiscalYear('2026-03-31'), 2025],
    [fiscalYear('2026-04-01'), 2026],
    [fiscalYearEnd('2026-04-01'), '2027-03-31'],
  ])('%s is %s', (found, expected) => {
    expect(found).toBe(expected);
  });
});
