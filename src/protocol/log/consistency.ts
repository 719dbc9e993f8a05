import { EMPTY_ROOT, isHash, nodeHash, sameHash } from './hash.ts';
import { LogInvalid } from './log-invalid.ts';
import { isCount, type NodeReader, siblings } from './tree.ts';

/** The widest complete subtree that ends where the tree of `size` ends. */
function lastPart(size: number): { level: number; index: number } {
  let level = 0;
  let index = size;
  while (index % 2 === 0) {
    index /= 2;
    level += 1;
  }
  return { level, index: index - 1 };
}

/**
 * The proof that the tree of the first `to` leaves begins with that of the first `from` (RFC 9162
 * §2.1.4.1). Empty for equal sizes and from the empty tree. Throws RangeError when `from` is larger.
 */
export function proveConsistency(from: number, to: number, node: NodeReader): Uint8Array[] {
  if (!isCount(from) || !isCount(to) || from > to) throw new RangeError('no such trees');
  if (from === 0 || from === to) return [];
  const { level, index } = lastPart(from);
  const path = siblings(level, index, to, node);
  // When the old tree is complete its root, which the verifier has, is where the path starts.
  return index === 0 ? path : [node(level, index), ...path];
}

export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Verifies that nothing in `older` was altered or removed in `newer` (RFC 9162 §2.1.4.2). Every tree
 * is consistent with the empty one.
 * @throws LogInvalid consistency
 */
export function verifyConsistency(
  proof: readonly Uint8Array[],
  older: TreeHead,
  newer: TreeHead,
): void {
  const invalid = () => new LogInvalid('consistency', { from: older.size, to: newer.size });
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size) throw invalid();
  if (![older.root, newer.root, ...proof].every(isHash)) throw invalid();
  if (older.size === newer.size) {
    if (proof.length > 0 || !sameHash(older.root, newer.root)) throw invalid();
    return;
  }
  if (older.size === 0) {
    if (proof.length > 0 || !sameHash(older.root, EMPTY_ROOT)) throw invalid();
    return;
  }
  const { level, index } = lastPart(older.size);
  const [seed, ...path] = index === 0 ? [older.root, ...proof] : proof;
  if (seed === undefined) throw invalid();
  let at = index;
  let last = Math.floor((newer.size - 1) / 2 ** level);
  let oldRoot = seed;
  let newRoot = seed;
  for (const sibling of path) {
    if (last === 0) throw invalid();
    if (at % 2 === 1 || at === last) {
      oldRoot = nodeHash(sibling, oldRoot);
      newRoot = nodeHash(sibling, newRoot);
      while (at % 2 === 0 && at > 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newRoot = nodeHash(newRoot, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0 || !sameHash(oldRoot, older.root) || !sameHash(newRoot, newer.root)) {
    throw invalid();
  }
}
