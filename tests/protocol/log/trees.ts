import { Frontier } from '../../../src/protocol/log/frontier.ts';
import { leafHash } from '../../../src/protocol/log/hash.ts';
import type { NodeReader } from '../../../src/protocol/log/tree.ts';

/** A log in memory: leaves, their hashes and the nodes as they were completed. */
export interface MemoryLog {
  readonly leaves: readonly Buffer[];
  readonly hashes: readonly Uint8Array[];
  readonly node: NodeReader;
  /** The root of the first `size` leaves. */
  root(size: number): Uint8Array;
}

/** A log whose leaf i is `label i`. */
export function memoryLog(count: number, label: (index: number) => string = String): MemoryLog {
  const leaves = Array.from({ length: count }, (_, index) => Buffer.from(label(index)));
  const hashes = leaves.map(leafHash);
  const completed: Uint8Array[][] = [];
  const frontier = new Frontier();
  const roots = [frontier.root()];
  for (const hash of hashes) {
    completed.push(frontier.append(hash));
    roots.push(frontier.root());
  }
  const has = <T>(value: T | undefined): T => {
    if (value === undefined) throw new RangeError('not in the log');
    return value;
  };
  return {
    leaves,
    hashes,
    node: (level, index) => has(completed[(index + 1) * 2 ** level - 1]?.[level]),
    root: (size) => has(roots[size]),
  };
}

/** Every copy of `bytes` that differs from it in one bit. */
export function* flips(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit++) yield flipped(bytes, bit);
}

export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
