import { hash } from 'node:crypto';

/** SHA-256. */
export const HASH_BYTES = 32;

// node:crypto makes a digest as a Latin-1 string in a third of the time that it takes as a buffer
// (0.35 µs against 1.0 µs with createHash), and the bytes are the same.
const sha256 = (data: Uint8Array | string): Uint8Array =>
  Buffer.from(hash('sha256', data, 'latin1'), 'latin1');

/** The root of a log without leaves: the hash of nothing (RFC 6962 §2.1, RFC 9162 §2.1.1). */
export const EMPTY_ROOT: Uint8Array = sha256('');

/** The hash of a leaf: 0x00 and its bytes (RFC 6962 §2.1). A text counts as its UTF-8. */
export function leafHash(leaf: Uint8Array | string): Uint8Array {
  if (typeof leaf === 'string') return sha256(`\0${leaf}`);
  const prefixed = new Uint8Array(1 + leaf.length);
  prefixed.set(leaf, 1);
  return sha256(prefixed);
}

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/**
 * The hash of an inner node: 0x01 and both children, so that no leaf can pose as a node (RFC 6962 §2.1).
 * @throws RangeError for anything that is not 32 bytes
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) {
    throw new RangeError('a hash is 32 bytes');
  }
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return sha256(pair);
}

export const sameHash = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(one, other) === 0;

/** Whether something is as long as a hash; what comes from outside is asked before it is hashed. */
export const isHash = (bytes: Uint8Array): boolean => bytes.length === HASH_BYTES;
