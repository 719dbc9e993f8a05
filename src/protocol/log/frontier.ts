import { EMPTY_ROOT, isHash, nodeHash } from './hash.ts';
import { isCount, type NodeReader } from './tree.ts';

/**
 * A tree that can grow, in the least space: one hash for each complete subtree that makes it up, i.e.
 * for each bit that is set in its size, widest first. A million leaves need at most twenty hashes.
 */
export class Frontier {
  #size = 0;
  readonly #parts: Uint8Array[] = [];

  /** The frontier of the first `size` leaves of a tree whose nodes can be read. */
  static read(size: number, node: NodeReader): Frontier {
    const parts: Uint8Array[] = [];
    let begin = 0;
    for (let level = Math.floor(Math.log2(Math.max(1, size))) + 1; level >= 0; level--) {
      const width = 2 ** level;
      if (begin + width > size) continue;
      parts.push(node(level, begin / width));
      begin += width;
    }
    return Frontier.of(size, parts);
  }

  /** The frontier that `size` and `parts` of another one describe. Throws RangeError if they can't. */
  static of(size: number, parts: readonly Uint8Array[]): Frontier {
    if (!isCount(size) || parts.length !== setBits(size) || !parts.every(isHash)) {
      throw new RangeError('not a frontier');
    }
    const frontier = new Frontier();
    frontier.#size = size;
    frontier.#parts.push(...parts);
    return frontier;
  }

  get size(): number {
    return this.#size;
  }

  /** With `size`, all that is needed to go on later: see `of`. */
  get parts(): readonly Uint8Array[] {
    return this.#parts;
  }

  /**
   * Adds a leaf's hash. Returns the hashes of all subtrees that it completes, by level: the leaf
   * itself, then its parent if it is a right child, and so on.
   */
  append(leaf: Uint8Array): Uint8Array[] {
    if (!isHash(leaf)) throw new RangeError('a hash is 32 bytes');
    const completed = [leaf];
    let carry = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#parts.pop();
      if (left === undefined) throw new RangeError('not a frontier');
      carry = nodeHash(left, carry);
      completed.push(carry);
    }
    this.#parts.push(carry);
    this.#size += 1;
    return completed;
  }

  root(): Uint8Array {
    return this.#parts.length === 0
      ? EMPTY_ROOT
      : this.#parts.reduceRight((right, left) => nodeHash(left, right));
  }
}

function setBits(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/** The root of a list of leaf hashes (RFC 6962 §2.1). */
export function rootOf(leaves: Iterable<Uint8Array>): Uint8Array {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}
