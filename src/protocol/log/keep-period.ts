import { z } from 'zod';
import { japaneseDay } from '../day.ts';

/** What the law wants at least (番号法23条1項, 番号法施行令29条): seven years, in months. */
export const LEAST_KEEP_MONTHS = 84;
export const LEAST_KEEP = 'P7Y';
const MOST_MONTHS = 1200;

const PERIOD = /^P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?$/;

/** Months of a period of years and months (ISO 8601, `P7Y`, `P7Y6M`); undefined for anything else. */
export function keepMonths(period: string): number | undefined {
  const [whole, years = '0', months = '0'] = PERIOD.exec(period) ?? [];
  if (whole === undefined) return undefined;
  const total = Number(years) * 12 + Number(months);
  return total <= MOST_MONTHS ? total : undefined;
}

/** How long records are kept, as a party tells of it: years and months (ISO 8601). */
export const KeepPeriod = z.string().refine((text) => keepMonths(text) !== undefined);

const DAY = 86_400_000;
const noon = (day: string): number => Date.parse(`${day}T12:00:00+09:00`);
const daysOn = (day: string, days: number): string => japaneseDay(noon(day) + days * DAY);
const midnight = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);

/** The day that many months before or after; undefined where the calendar has none (February 30). */
function monthsOn(day: string, months: number): { exact: string | undefined; end: string } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
  const end = last.toISOString().slice(0, 10);
  const exact = date <= last.getUTCDate();
  return { exact: exact ? `${end.slice(0, 8)}${String(date).padStart(2, '0')}` : undefined, end };
}

/**
 * The first day in Japan on which a period that began on `day` is over. The day itself does not count (民法140条); the
 * period ends with the day before the one that corresponds to its first, or with the month if there is none (143条2項).
 */
export function overOn(day: string, months: number): string {
  const { exact, end } = monthsOn(daysOn(day, 1), months);
  return exact ?? daysOn(end, 1);
}

/**
 * Up to which instant (ms, not included) everything is over at `now` (ms): always a midnight in Japan.
 * @param months how long it is kept
 */
export function overBefore(now: number, months: number): number {
  const today = japaneseDay(now);
  // A little later than it can be; then back to the last day that is over.
  let day = daysOn(monthsOn(today, -months).end, 1);
  while (overOn(day, months) > today) day = daysOn(day, -1);
  return midnight(daysOn(day, 1));
}
