import { LogInvalid } from './log-invalid.ts';
import { TILE_WIDTH } from './tiles.ts';

/** The longest leaf, in bytes: a bundle states lengths in two (C2SP tlog-tiles, “Log entries”). */
export const MAX_LEAF_BYTES = 0xffff;

/** Up to 256 leaves as a bundle: each with its length before it, big-endian. Throws RangeError. */
export function entryBundle(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length < 1 || leaves.length > TILE_WIDTH) throw new RangeError('1 to 256 leaves');
  return Buffer.concat(
    leaves.flatMap((leaf) => {
      if (leaf.length > MAX_LEAF_BYTES) throw new RangeError('the leaf is too long');
      return [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf];
    }),
  );
}

/**
 * The leaves of a bundle of this width.
 * @throws LogInvalid tile
 */
export function readEntryBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [high, low] = bytes.subarray(at, at + 2);
    if (high === undefined || low === undefined) throw new LogInvalid('tile');
    const leaf = bytes.subarray(at + 2, at + 2 + high * 256 + low);
    if (leaf.length !== high * 256 + low) throw new LogInvalid('tile');
    leaves.push(leaf);
    at += 2 + leaf.length;
  }
  if (leaves.length !== width) throw new LogInvalid('tile');
  return leaves;
}
