import { HASH_BYTES, nodeHash } from './hash.ts';
import { LogInvalid } from './log-invalid.ts';
import { isCount, type NodeReader } from './tree.ts';

/** A full tile: 256 hashes, a subtree of height 8 (C2SP tlog-tiles, “Merkle Tree”). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** Names a tile, or with level `entries` the bundle of leaves under a tile of level 0. */
export interface TileAddress {
  readonly level: number | 'entries';
  readonly index: number;
  /** Hashes or entries in it: 256, or fewer at the right edge. */
  readonly width: number;
}

/** `tile/0/x001/x234/067`, with `.p/W` for a partial one. Throws RangeError for what is no tile. */
export function tilePath({ level, index, width }: TileAddress): string {
  const known = level === 'entries' || (isCount(level) && level <= 63);
  if (!known || !isCount(index) || !isCount(width) || width < 1 || width > TILE_WIDTH) {
    throw new RangeError('no such tile');
  }
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g) ?? [];
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/**
 * Reads a tile's path; each tile has exactly one.
 * @throws LogInvalid tile
 */
export function parseTilePath(path: string): TileAddress {
  const [, level, groups, width] = PATH.exec(path) ?? [];
  if (level === undefined || groups === undefined) throw new LogInvalid('tile');
  const tile: TileAddress = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  try {
    if (tilePath(tile) === path) return tile;
  } catch (cause) {
    throw new LogInvalid('tile', {}, { cause });
  }
  throw new LogInvalid('tile');
}

/** The tile of a tree of `size` that holds, or whose hashes make up, a complete subtree. */
export function tileOf(
  level: number,
  index: number,
  size: number,
): TileAddress & { level: number } {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const tileIndex = Math.floor((index * 2 ** (level % TILE_HEIGHT)) / TILE_WIDTH);
  const hashes = Math.floor(size / TILE_WIDTH ** tileLevel) - tileIndex * TILE_WIDTH;
  return { level: tileLevel, index: tileIndex, width: Math.min(hashes, TILE_WIDTH) };
}

/** All tiles of a tree of `size`, lowest level first. */
export function* tilesOf(size: number): Generator<TileAddress & { level: number }> {
  for (let level = 0, hashes = size; hashes > 0; level++) {
    for (let index = 0; index * TILE_WIDTH < hashes; index++) {
      yield { level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) };
    }
    hashes = Math.floor(hashes / TILE_WIDTH);
  }
}

/** A tile's bytes: its hashes one after the other. */
export function tileBytes(tile: TileAddress & { level: number }, node: NodeReader): Uint8Array {
  const level = tile.level * TILE_HEIGHT;
  return Buffer.concat(
    Array.from({ length: tile.width }, (_, at) => node(level, tile.index * TILE_WIDTH + at)),
  );
}

/**
 * Reads a tree of `size` through its tiles. `readTile` may be asked for the same tile often: keep what
 * it read. What is read is as trustworthy as the proof that is then verified.
 * @throws LogInvalid tile, for a tile of another length
 */
export function tileNodes(size: number, readTile: (tile: TileAddress) => Uint8Array): NodeReader {
  return (level, index) => {
    const tile = tileOf(level, index, size);
    const bytes = readTile(tile);
    if (bytes.length !== tile.width * HASH_BYTES) throw new LogInvalid('tile');
    const width = 2 ** (level % TILE_HEIGHT);
    const begin = index * width - tile.index * TILE_WIDTH;
    if (begin < 0 || begin + width > tile.width) throw new LogInvalid('tile');
    let hashes = Array.from({ length: width }, (_, at) =>
      bytes.subarray((begin + at) * HASH_BYTES, (begin + at + 1) * HASH_BYTES),
    );
    while (hashes.length > 1) hashes = parents(hashes);
    const [hash] = hashes;
    if (hash === undefined) throw new LogInvalid('tile');
    return hash;
  };
}

function parents(hashes: readonly Uint8Array[]): Uint8Array[] {
  return hashes.flatMap((left, at) => {
    const right = hashes[at + 1];
    return at % 2 === 0 && right !== undefined ? [nodeHash(left, right)] : [];
  });
}
