import { z } from 'zod';
import { Day } from '../identifiers.ts';

/** What the requests to an address-number system are made of. */

export const Affair = z
  .string()
  .min(1)
  .max(1000)
  .describe('Affair (事務) that it is for, by name or code: access is granted for affairs (R-502)');

export const Information = z
  .string()
  .min(1)
  .max(1000)
  .describe('Kind of information (特定個人情報), name or code');

/** Judged in the core, which tells what is wrong with it and never repeats it. */
export const IndividualNumber = z
  .string()
  .min(1)
  .max(64)
  .describe('Individual number (個人番号): twelve ASCII digits');

export const OwnAddressNumber = z
  .string()
  .regex(/^[0-9]{15}$/)
  .describe(
    'A business system’s own number for the person (宛名番号): fifteen digits, noughts in front',
  );
export const SystemId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
  .describe('The business system, by its caller’s id; a business system may leave it out');

const line = (longest: number) => z.string().trim().min(1).max(longest);

const basics = {
  name: line(200),
  kana: line(200),
  birthDate: Day,
  sex: z.enum(['男', '女']),
  address: line(500),
};
export const Basics = z.strictObject(basics);
export const SomeBasics = z
  .strictObject(basics)
  .partial()
  .refine((some) => Object.keys(some).length > 0, 'at least one item');
