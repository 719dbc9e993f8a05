import { nodeHash } from '../../protocol/log/hash.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import type { NodeReader } from '../../protocol/log/tree.ts';

/** Hashes of complete subtrees over leaves that are at hand: 32 bytes a leaf, twice. */
export function treeOf(leaves: readonly Uint8Array[]): NodeReader {
  const levels: Uint8Array[][] = [[...leaves]];
  for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? []) {
    const level: Uint8Array[] = [];
    for (let at = 0; at + 1 < below.length; at += 2) {
      const [left, right] = [below[at], below[at + 1]];
      if (left && right) level.push(nodeHash(left, right));
    }
    levels.push(level);
  }
  return (level, index) => {
    const hash = levels[level]?.[index];
    if (!hash) throw new LogInvalid('missing', { index });
    return hash;
  };
}
