import { EMPTY_ROOT, nodeHash } from './hash.ts';

/**
 * Reads the hash of a complete subtree: the 2^level leaves from index · 2^level. Only complete
 * subtrees are ever asked for, because only they never change.
 */
export type NodeReader = (level: number, index: number) => Uint8Array;

/** A position or a size: sizes beyond 2^53 are refused, not rounded. */
export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/**
 * The root of the leaves `begin` up to `end`, where `begin` is where a subtree starts that is at least
 * as wide: a whole tree (begin 0) or its ragged right edge. Complete subtrees are joined from the
 * narrow right to the wide left, which is the definition of RFC 6962 §2.1 unrolled.
 */
export function spanRoot(begin: number, end: number, node: NodeReader): Uint8Array {
  let root: Uint8Array | undefined;
  let right = end;
  let width = 1;
  for (let level = 0, rest = end - begin; rest > 0; level++, width *= 2) {
    if (rest % 2 === 1) {
      right -= width;
      const part = node(level, right / width);
      root = root === undefined ? part : nodeHash(part, root);
    }
    rest = Math.floor(rest / 2);
  }
  return root ?? EMPTY_ROOT;
}

/** The siblings that lead from a complete subtree up to the root of a tree of `size`, lowest first. */
export function siblings(
  level: number,
  index: number,
  size: number,
  node: NodeReader,
): Uint8Array[] {
  const path: Uint8Array[] = [];
  let at = index;
  for (let width = 2 ** level; width < size; width *= 2) {
    const begin = (at % 2 === 0 ? at + 1 : at - 1) * width;
    // Without a sibling the right-most subtree is its own parent.
    if (begin < size) path.push(spanRoot(begin, Math.min(begin + width, size), node));
    at = Math.floor(at / 2);
  }
  return path;
}
