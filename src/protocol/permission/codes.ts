import { createHash } from 'node:crypto';

const DIGITS = 14;
const RANGE = 10n ** BigInt(DIGITS);

/**
 * The first 64 bits of SHA-256 over the name (NFC, UTF-8), modulo 10^14, as fourteen digits.
 * The real codes are not public; these have their shape, and the same name has the same code in
 * every list, whoever imports it.
 */
function digitsOf(name: string): string {
  const digest = createHash('sha256').update(name.normalize('NFC'), 'utf8').digest();
  return (digest.readBigUInt64BE(0) % RANGE).toString().padStart(DIGITS, '0');
}

/** The project's code of an affair (事務コード): JM and 14 digits. */
export const affairCode = (name: string): string => `JM${digitsOf(name)}`;

/** The project's code of a kind of information (特定個人情報名コード): TM and 14 digits. */
export const informationCode = (name: string): string => `TM${digitsOf(name)}`;
