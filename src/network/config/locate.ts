import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
} from 'yaml';
import type { ConfigPath } from './invalid.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Line and column, both from 1, of an offset into the text. */
export const placeAt = (offset: number, lines: LineCounter): Place => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
};

/** Finds where a path stands in a YAML text. */
export type Locate = (path: ConfigPath, key?: boolean) => Place;

/**
 * @param key whether to point at the last key itself instead of its value.
 * A path that is not there is placed at the nearest thing above it that is.
 */
export const locator =
  (document: Document, lines: LineCounter): Locate =>
  (path, key = false) => {
    let node = resolved(document.contents, document);
    let offset = node?.range?.[0] ?? 0;
    for (const [depth, step] of path.entries()) {
      const pair = isMap(node)
        ? node.items.find(({ key: name }) => isScalar(name) && String(name.value) === String(step))
        : undefined;
      const child = isSeq(node) && typeof step === 'number' ? node.items[step] : pair?.value;
      const value = isNode(child) ? child : undefined;
      const name = isNode(pair?.key) ? pair.key : undefined;
      const shown = key && depth === path.length - 1 ? name : (value ?? name);
      if (!shown?.range) break;
      offset = shown.range[0];
      node = resolved(value, document);
    }
    return placeAt(offset, lines);
  };

const resolved = (node: unknown, document: Document): Node | undefined => {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
};
