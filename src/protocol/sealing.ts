import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import nacl from 'tweetnacl';
import { base64url, fromBase64url } from './encoding.ts';
import { RenkeiError } from './errors.ts';

/**
 * NaCl box between two one-time keys: X25519, HSalsa20, XSalsa20-Poly1305. The sealed bytes are a 24-byte
 * nonce and the box. The format is tweetnacl's; its scalar multiplication is not used, because node:crypto
 * computes the same shared secret about seventeen times faster.
 */
export interface OneTimeKey {
  /** X25519 public key, base64url. */
  readonly publicKey: string;
  /** The 32-byte secret: erased once it has opened its answer. */
  readonly secret: Uint8Array;
  /** The same as OpenSSL holds it, so that it is not parsed twice. */
  readonly privateKey: KeyObject;
}

// The core of XSalsa20, which turns a raw X25519 secret into a box key; its typings leave it out.
const { lowlevel } = nacl as typeof nacl & {
  readonly lowlevel: {
    crypto_core_hsalsa20(out: Uint8Array, input: Uint8Array, key: Uint8Array, c: Uint8Array): void;
  };
};

const SIGMA = new TextEncoder().encode('expand 32-byte k');
const ZEROS = new Uint8Array(16);
// RFC 8410: wrappers around raw X25519 keys.
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');

/** The one-time key of 32 random bytes. */
export function oneTimeKey(secret: Uint8Array): OneTimeKey {
  const privateKey = privateKeyOf(secret);
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { publicKey: x, secret, privateKey };
}

/** Seals to a public key; `nonce` is 24 random bytes, used for nothing else. */
export function seal(plain: Uint8Array, nonce: Uint8Array, theirs: string, mine: OneTimeKey) {
  const box = nacl.secretbox(plain, nonce, boxKey(theirs, mine.privateKey));
  return new Uint8Array(Buffer.concat([nonce, box]));
}

/**
 * Opens sealed bytes.
 * @throws RenkeiError permit_mismatch, the same whatever was wrong
 */
export function open(sealed: Uint8Array, theirs: string, mine: Uint8Array): Uint8Array {
  let plain: Uint8Array | null = null;
  try {
    plain = nacl.secretbox.open(
      sealed.subarray(24),
      sealed.subarray(0, 24),
      sharedKey(theirs, mine),
    );
  } catch {
    // A malformed key or box is answered like a wrong one: nothing is told apart.
  }
  if (!plain) throw sealedMismatch();
  return plain;
}

/** The one error of a sealed answer that does not belong here. */
export const sealedMismatch = (): RenkeiError =>
  new RenkeiError('permit_mismatch', {
    ja: '封緘された回答はこの照会のものではありません',
    en: 'The sealed answer does not belong to this exchange',
  });

/** The box key of `nacl.box.before(theirs, mine)`. Throws for keys of small order (RFC 7748 §6.1). */
export const sharedKey = (theirs: string, mine: Uint8Array): Uint8Array =>
  boxKey(theirs, privateKeyOf(mine));

function boxKey(theirs: string, privateKey: KeyObject): Uint8Array {
  const publicKey = createPublicKey({
    key: wrapped(SPKI_X25519, fromBase64url(theirs)),
    format: 'der',
    type: 'spki',
  });
  const raw = diffieHellman({ privateKey, publicKey });
  const key = new Uint8Array(32);
  lowlevel.crypto_core_hsalsa20(key, ZEROS, raw, SIGMA);
  raw.fill(0);
  return key;
}

const privateKeyOf = (secret: Uint8Array): KeyObject =>
  createPrivateKey({ key: wrapped(PKCS8_X25519, secret), format: 'der', type: 'pkcs8' });

/** OpenSSL overlooks bytes behind the end of a DER structure: a longer key would pass for its first 32 bytes. */
function wrapped(header: Buffer, key: Uint8Array): Buffer {
  if (key.length !== 32) throw new RangeError('X25519 keys have 32 bytes');
  return Buffer.concat([header, key]);
}

/** The bytes as they travel beside the statement that signs their digest. */
export const sealedText = (sealed: Uint8Array): string => base64url(sealed);
