import { createHash } from 'node:crypto';

/** An identifier, a code or a digest out of a label: the same label, the same bytes. */
export const idOf = (label: string): string =>
  createHash('sha256').update(label).digest().subarray(0, 16).toString('base64url');
export const digestOf = (label: string): string =>
  createHash('sha256').update(label).digest('base64url');

/** What an exchange is about. */
export const subject = {
  inquirer: '32201',
  provider: '11202',
  affair: 'JM73234166857364',
  item: '25',
  list: 'order-r6-9',
  information: 'TM23147426109013',
} as const;
