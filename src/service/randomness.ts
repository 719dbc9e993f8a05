import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Randomness } from './ports.ts';

const POOL_BYTES = 8192;

/** The operating system's chance, fetched a pool at a time: a call for 16 bytes costs as much as for 8,192. */
function pooledRandomness(): Randomness {
  let pool = Buffer.alloc(0);
  return {
    bytes(length) {
      if (length > POOL_BYTES / 4) return randomBytes(length);
      if (pool.length < length) pool = randomBytes(POOL_BYTES);
      const taken = new Uint8Array(pool.subarray(0, length));
      // What was handed out must not be found here as well: it may be a secret.
      pool.fill(0, 0, length);
      pool = pool.subarray(length);
      return taken;
    },
  };
}

/** The operating system's chance. */
export const systemRandomness: Randomness = pooledRandomness();

/**
 * Chance that is the same for the same seed and label, for simulation: the AES-256-CTR keystream of
 * HMAC-SHA-256(seed, label). Each party takes its own label, so that one party's draws never shift
 * another's. The stream does not depend on how it is cut: 3 bytes then 5 equal the first 8.
 */
export function seededRandomness(seed: string, label: string): Randomness {
  const key = createHmac('sha256', seed).update(label).digest();
  const keystream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return { bytes: (length) => keystream.update(Buffer.alloc(length)) };
}
