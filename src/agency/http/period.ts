import { z } from 'zod';
import { dayEnd } from '../core/staff/standing.ts';

const DAY = 24 * 60 * 60 * 1000;
const day = z.iso.date();

const instant = (ofDay: (date: string) => number) =>
  z
    .union([day, z.iso.datetime({ offset: true })])
    .transform((text) => (day.safeParse(text).success ? ofDay(text) : Date.parse(text)));

/** A time in a query, as milliseconds: an instant with its offset, or the beginning of a day in Japan. */
export const From = instant((date) => dayEnd(date) - DAY).describe(
  'Instant with its offset, or a day in Japan',
);
/** The same, a day with all of it. */
export const Until = instant(dayEnd).describe(
  'Instant with its offset (not included), or a day in Japan (included)',
);
