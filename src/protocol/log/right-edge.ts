import type { NodeReader } from './tree.ts';

const KEPT = 1024;
const MOST_OLD = 8192;

/**
 * The newest nodes of a growing tree, in memory: what is appended now and proven at once needs no storage.
 * Older ones are read from there and remembered for a while. Nodes beyond the end may be stale (a work that
 * was undone): they are written again before anybody asks for them.
 */
export class RightEdge {
  readonly #read: NodeReader;
  /** By level: the index of the first node that is kept, and the nodes from there on. */
  readonly #levels: { first: number; nodes: Uint8Array[] }[] = [];
  readonly #old = new Map<number, Uint8Array>();

  constructor(read: NodeReader) {
    this.#read = read;
  }

  /** Takes the subtrees that a leaf completes, by level. */
  add(leaf: number, completed: readonly Uint8Array[]): void {
    for (let level = 0; level < completed.length; level++) {
      const hash = completed[level];
      if (hash === undefined) continue;
      const index = (leaf + 1) / 2 ** level - 1;
      let kept = this.#levels[level];
      if (!kept || index < kept.first || index > kept.first + kept.nodes.length) {
        kept = { first: index, nodes: [] };
        this.#levels[level] = kept;
      }
      kept.nodes[index - kept.first] = hash;
      if (kept.nodes.length > 2 * KEPT) {
        kept.first += kept.nodes.length - KEPT;
        kept.nodes = kept.nodes.slice(-KEPT);
      }
    }
  }

  readonly node: NodeReader = (level, index) => {
    const kept = this.#levels[level];
    const recent = kept && index >= kept.first ? kept.nodes[index - kept.first] : undefined;
    if (recent !== undefined) return recent;
    const key = level * 2 ** 46 + index;
    const known = this.#old.get(key);
    if (known !== undefined) return known;
    const read = this.#read(level, index);
    if (this.#old.size >= MOST_OLD) this.#old.clear();
    this.#old.set(key, read);
    return read;
  };
}
