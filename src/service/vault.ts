import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { Vault } from './ports.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what a party keeps, with AES-256-GCM under a key of its own. The nonce is a keyed digest of place and
 * content: nothing is left to chance, so the same seed gives the same bytes, and two contents never share one.
 * Each `place` (table and row) is sealed for itself: bytes moved elsewhere do not open.
 * @param key 32 bytes, for nothing else
 */
export function makeVault(key: Uint8Array): Vault {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', key, 'renkei vault', use, 32));
  const cipherKey = derive('cipher');
  const nonceKey = derive('nonce');
  return {
    seal(plain, place) {
      const nonce = createHmac('sha256', nonceKey)
        .update(`${Buffer.byteLength(place)} ${place} `)
        .update(plain)
        .digest()
        .subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(Buffer.from(place));
      const sealed = [nonce, cipher.update(plain), cipher.final()];
      return new Uint8Array(Buffer.concat([...sealed, cipher.getAuthTag()]));
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const end = bytes.length - TAG_BYTES;
      if (end < NONCE_BYTES) throw new Error('sealed bytes are cut short');
      const cipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, NONCE_BYTES));
      cipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(end));
      const plain = [cipher.update(bytes.subarray(NONCE_BYTES, end)), cipher.final()];
      return new Uint8Array(Buffer.concat(plain));
    },
  };
}
