import { createCipheriv, createHash } from 'node:crypto';

/** Chance that repeats itself: the same seed and labels give the same draws, on every machine. */
export interface Seeded {
  bytes(length: number): Uint8Array;
  /** A whole number from 0 up to, not including, `below` (1 to 2^48); every one as likely. */
  int(below: number): number;
  /** A whole number between two bounds, both included. */
  between(least: number, most: number): number;
  /** So many decimal digits. */
  digits(length: number): string;
  pick<Item>(items: readonly Item[]): Item;
  /** True with probability p. */
  chance(p: number): boolean;
  /** A copy in another order (Fisher–Yates). */
  shuffle<Item>(items: readonly Item[]): Item[];
}

const RANGE = 2 ** 48;
const CHUNK = new Uint8Array(1024);
const START = new Uint8Array(16);

/**
 * The key stream of AES-256-CTR under the digest of seed and labels. Streams with different labels
 * have nothing to do with each other. For invented people only: never for keys or codes.
 */
export const seeded = (seed: string, ...labels: string[]): Seeded => {
  const key = createHash('sha256')
    .update(JSON.stringify([seed, ...labels]))
    .digest();
  const cipher = createCipheriv('aes-256-ctr', key, START);
  let pool = Buffer.alloc(0);
  let used = 0;

  /** Where in the pool the next so many bytes lie. */
  const take = (length: number): number => {
    while (pool.length - used < length) {
      pool = Buffer.concat([pool.subarray(used), cipher.update(CHUNK)]);
      used = 0;
    }
    used += length;
    return used - length;
  };

  const int = (below: number): number => {
    if (!Number.isInteger(below) || below < 1 || below > RANGE) {
      throw new RangeError('int: 1 to 2^48');
    }
    // Draws in the last, incomplete stretch would favour small numbers: draw again.
    const limit = RANGE - (RANGE % below);
    for (;;) {
      const at = take(6);
      const drawn = pool.readUIntBE(at, 6);
      if (drawn < limit) return drawn % below;
    }
  };

  const pick = <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new RangeError('pick: nothing to pick from');
    return items[int(items.length)] as Item;
  };

  return {
    bytes: (length) => {
      const at = take(length);
      return Uint8Array.from(pool.subarray(at, at + length));
    },
    int,
    between: (least, most) => least + int(most - least + 1),
    digits: (length) => {
      let text = '';
      for (let left = length; left > 0; left -= 12) {
        const some = Math.min(left, 12);
        text += String(int(10 ** some)).padStart(some, '0');
      }
      return text;
    },
    pick,
    chance: (p) => int(RANGE) < p * RANGE,
    shuffle: (items) => {
      const order = [...items];
      for (let last = order.length - 1; last > 0; last--) {
        const other = int(last + 1);
        [order[last], order[other]] = [order[other] as never, order[last] as never];
      }
      return order;
    },
  };
};
