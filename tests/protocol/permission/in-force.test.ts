import { expect, test } from 'vitest';
import {
  clampInto,
  covers,
  dayAfter,
  isCalendarDate,
  listInForce,
  overlap,
} from '../../../src/protocol/permission/in-force.ts';
import { fc } from '../../support/property.ts';

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const period = fc
  .record({ a: day, b: fc.option(day, { nil: undefined }) })
  .map(({ a, b }) =>
    b === undefined ? { from: a } : a < b ? { from: a, until: b } : { from: b, until: a },
  );

test('every day of the calendar is a date, and nothing else is', () => {
  fc.assert(fc.property(day, isCalendarDate));
  for (const year of [1900, 2000, 2023, 2024, 2026]) {
    for (let month = 0; month <= 13; month++) {
      for (let of = 0; of <= 32; of++) {
        const two = (number: number) => String(number).padStart(2, '0');
        const real = new Date(Date.UTC(year, month - 1, of));
        const exists =
          real.getUTCFullYear() === year &&
          real.getUTCMonth() === month - 1 &&
          real.getUTCDate() === of;
        expect(isCalendarDate(`${year}-${two(month)}-${two(of)}`)).toBe(exists);
      }
    }
  }
  for (const text of [
    '',
    '2026-1-1',
    '2026/01/01',
    '２026-01-01',
    '2026-01-01T00:00',
    '20a6-01-01',
  ]) {
    expect(isCalendarDate(text)).toBe(false);
  }
});

test('the first and the last day are in force, the days beside them are not', () => {
  const term = { from: '2016-08-02', until: '2024-05-26' };
  const days = ['2016-08-01', '2016-08-02', '2024-05-26', '2024-05-27'];
  expect(days.map((date) => covers(term, date))).toEqual([false, true, true, false]);
  expect(covers({ from: '2024-05-27' }, '9999-12-31')).toBe(true);
  expect(covers({}, '0001-01-01')).toBe(true);
});

test('periods overlap when some day is in both', () => {
  fc.assert(
    fc.property(period, period, (a, b) => {
      const common = [a.from, b.from].some((date) => covers(a, date) && covers(b, date));
      expect(overlap(a, b)).toBe(common);
      expect(overlap(b, a)).toBe(common);
    }),
  );
});

test('a date is moved no further than into the period', () => {
  fc.assert(
    fc.property(period, day, (term, date) => {
      const moved = clampInto(term, date);
      expect(covers(term, moved)).toBe(true);
      if (covers(term, date)) expect(moved).toBe(date);
    }),
  );
  expect(clampInto({ from: '2016-08-02', until: '2024-05-26' }, '2026-01-01')).toBe('2024-05-26');
});

test('the list of a day is the one whose period covers it', () => {
  const lists = [
    { id: 'old', inForce: { from: '2016-08-02', until: '2024-05-26' } },
    { id: 'new', inForce: { from: '2024-05-27' } },
  ];
  expect(listInForce(lists, '2024-05-26')?.id).toBe('old');
  expect(listInForce(lists, dayAfter('2024-05-26'))?.id).toBe('new');
  expect(listInForce(lists, '2016-08-01')).toBeUndefined();
  expect(dayAfter('2024-02-28')).toBe('2024-02-29');
  expect(dayAfter('2024-12-31')).toBe('2025-01-01');
});
