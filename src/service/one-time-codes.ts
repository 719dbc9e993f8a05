import { Secret, TOTP } from 'otpauth';
import type { OneTimeCodes } from './ports.ts';

const PERIOD = 30;
const totp = (secret: Uint8Array, more: { issuer?: string; label?: string } = {}): TOTP =>
  new TOTP({
    ...more,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
  });

/** One-time codes by time (RFC 6238): 30 seconds, six digits, SHA-1, as every authenticator app knows them. */
export const oneTimeCodes: OneTimeCodes = {
  stepOf(secret, code, now) {
    // Typed on a Japanese keyboard the digits may be full-width.
    const token = code.normalize('NFKC').replaceAll(/\s/g, '');
    const off = totp(secret).validate({ token, timestamp: now, window: 1 });
    return off === null ? undefined : Math.floor(now / 1000 / PERIOD) + off;
  },
  codeAt: (secret, now) => totp(secret).generate({ timestamp: now }),
  uriOf: (secret, issuer, label) => totp(secret, { issuer, label }).toString(),
  base32: (secret) => new Secret({ buffer: new Uint8Array(secret).buffer }).base32,
  fromBase32: (text) => Secret.fromBase32(text).bytes,
};
