import { isHash, nodeHash, sameHash } from './hash.ts';
import { LogInvalid } from './log-invalid.ts';
import { isCount, type NodeReader, siblings } from './tree.ts';

/**
 * The proof that a leaf is in the tree of the first `size` leaves (RFC 9162 §2.1.3.1), lowest sibling
 * first. Throws RangeError when there is no such leaf.
 */
export function proveInclusion(index: number, size: number, node: NodeReader): Uint8Array[] {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('no such leaf');
  return siblings(0, index, size, node);
}

/** What an inclusion proof claims. */
export interface Inclusion {
  /** The leaf's hash (`leafHash`), never the leaf. */
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Verifies an inclusion proof (RFC 9162 §2.1.3.2). The root must come from a verified checkpoint.
 * @throws LogInvalid inclusion
 */
export function verifyInclusion(proof: readonly Uint8Array[], claim: Inclusion): void {
  const { leaf, index, size, root } = claim;
  const invalid = () => new LogInvalid('inclusion', { index });
  if (!isCount(index) || !isCount(size) || index >= size) throw invalid();
  if (!isHash(leaf) || !proof.every(isHash)) throw invalid();
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) throw invalid();
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      // The right-most subtree has no sibling on these levels.
      while (at % 2 === 0 && at > 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0 || !sameHash(hash, root)) throw invalid();
}
