import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Randomness } from './ports.ts';

/** The operating system's chance. */
export const systemRandomness: Randomness = { bytes: (length) => randomBytes(length) };

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
