/**
 * Sets of small whole numbers as words of 32 bits. The tables of the law are small enough that
 * a set operation over all provisions of a list is some fourteen machine instructions.
 */
export type Bits = Uint32Array;

export const noBits = (size: number): Bits => new Uint32Array((size + 31) >>> 5);

export const hasBit = (bits: Bits, at: number): boolean =>
  (((bits[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;

export function setBit(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}

/** Puts every member of `more` into `bits`. */
export function addBits(bits: Bits, more: Bits): void {
  for (let word = 0; word < bits.length; word++) {
    bits[word] = (bits[word] ?? 0) | (more[word] ?? 0);
  }
}

/** Whether two sets have a member in common. */
export function meet(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) {
    if (((a[word] ?? 0) & (b[word] ?? 0)) !== 0) return true;
  }
  return false;
}

/** The lowest number in a word that isn't zero. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);
