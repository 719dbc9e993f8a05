import { z } from 'zod';
import { Day } from '../identifiers.ts';

/** How many of a list at once. A query is text: numbers come as their digits. */
export const limit = (most: number, usual: number) =>
  z.coerce.number<number>().int().min(1).max(most).default(usual);

/** A place in a list that is counted. */
export const after = (least: number) => z.coerce.number<number>().int().min(least).default(least);

export const Flag = z.enum(['true', 'false']);

/** An instant with its offset, or a day in Japan. */
export const Instant = z.union([Day, z.iso.datetime({ offset: true })]);
export const From = Instant.describe('Instant with its offset, or a day in Japan');
export const Until = Instant.describe(
  'Instant with its offset (not included), or a day in Japan (included)',
);
