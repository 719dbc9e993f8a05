import { createHash } from 'node:crypto';

// The definitions of RFC 6962 §2.1 and RFC 9162 §2.1.3.1 and §2.1.4.1 as they are written, recursive and
// with their own hashing: what the code under test is compared with.

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/** The largest power of two smaller than n. */
const split = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

export class NaiveTree {
  readonly #leaves: readonly Uint8Array[];
  readonly #roots = new Map<string, Buffer>();

  constructor(leaves: readonly Uint8Array[]) {
    this.#leaves = leaves;
  }

  /** MTH(D[begin:end]). */
  root(begin: number, end: number): Buffer {
    const key = `${begin}:${end}`;
    const found = this.#roots.get(key);
    if (found !== undefined) return found;
    const made = this.#make(begin, end);
    this.#roots.set(key, made);
    return made;
  }

  #make(begin: number, end: number): Buffer {
    const n = end - begin;
    if (n === 0) return sha256();
    const leaf = this.#leaves[begin];
    if (leaf === undefined) throw new RangeError('no such leaf');
    if (n === 1) return sha256(Uint8Array.of(0), leaf);
    const k = split(n);
    return sha256(Uint8Array.of(1), this.root(begin, begin + k), this.root(begin + k, end));
  }

  /** PATH(m, D[begin:end]). */
  path(m: number, begin: number, end: number): Buffer[] {
    const n = end - begin;
    if (n === 1) return [];
    const k = split(n);
    return m < k
      ? [...this.path(m, begin, begin + k), this.root(begin + k, end)]
      : [...this.path(m - k, begin + k, end), this.root(begin, begin + k)];
  }

  /** SUBPROOF(m, D[begin:end], b); PROOF(m, D_n) is SUBPROOF(m, D_n, true). */
  proof(m: number, begin: number, end: number, complete = true): Buffer[] {
    const n = end - begin;
    if (m === n) return complete ? [] : [this.root(begin, end)];
    const k = split(n);
    return m <= k
      ? [...this.proof(m, begin, begin + k, complete), this.root(begin + k, end)]
      : [...this.proof(m - k, begin + k, end, false), this.root(begin, begin + k)];
  }
}
