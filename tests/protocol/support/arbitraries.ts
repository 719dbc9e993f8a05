import { base64url } from '../../../src/protocol/encoding.ts';
import type { Subject } from '../../../src/protocol/messages/permit.ts';
import { individualNumberWithCheckDigit } from '../../../src/protocol/numbers/individual-number.ts';
import { residentCodeWithCheckDigit } from '../../../src/protocol/numbers/resident-code.ts';
import { fc } from '../../support/property.ts';
import { AGENCIES } from './parties.ts';

export const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
export const id = bytes(16).map(base64url);
export const digest = bytes(32).map(base64url);
/** Any 32 bytes that are no point of small order: none of those has 7 as its second byte. */
export const x25519Key = bytes(32).map((key) => base64url(key.with(1, 7)));

export const digits = (length: number) =>
  fc.nat({ max: 10 ** length - 1 }).map((number) => String(number).padStart(length, '0'));
export const agency = fc.constantFrom(...AGENCIES);
/** Two agencies that differ. */
export const pair = fc.shuffledSubarray([...AGENCIES], { minLength: 2, maxLength: 2 });
export const affair = digits(14).map((code) => `JM${code}`);
export const information = digits(14).map((code) => `TM${code}`);
export const item = fc.constantFrom('1', '25', '16の2', '9999の1の10');
export const list = fc.constantFrom('order-r6-9', 'beppyo-2', 'a');
export const numericDate = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });
export const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
export const period = fc.oneof(
  fc.constant({}),
  day.map((from) => ({ from })),
  day.map((until) => ({ until })),
  fc.tuple(day, day).map(([one, other]) => {
    const [from = one, until = other] = [one, other].sort();
    return { from, until };
  }),
);
/** Text of every script, well formed. */
export const text = fc.oneof(
  fc.constantFrom('予防接種法', '', '連携', '"\\/\u0001\u2028é'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
export const name = text.map((some) => `名${some}`);

export const individualNumber = digits(11).map(individualNumberWithCheckDigit);
export const residentCode = digits(10).map(residentCodeWithCheckDigit);

/** What every message has. */
export const commonClaims = { jti: id, iat: numericDate };

const ofSubject = { affair, item, list, information, period };

/** What an exchange is about, between two agencies. */
export const subject: fc.Arbitrary<Subject> = fc
  .tuple(pair, fc.record(ofSubject, { requiredKeys: ['affair', 'item', 'list', 'information'] }))
  .map(([[inquirer = '', provider = ''], rest]) => ({ inquirer, provider, ...rest }));
