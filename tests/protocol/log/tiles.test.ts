import { describe, expect, test } from 'vitest';
import { proveConsistency } from '../../../src/protocol/log/consistency.ts';
import { entryBundle, readEntryBundle } from '../../../src/protocol/log/entry-bundle.ts';
import { leafHash } from '../../../src/protocol/log/hash.ts';
import { proveInclusion } from '../../../src/protocol/log/inclusion.ts';
import { LogInvalid } from '../../../src/protocol/log/log-invalid.ts';
import {
  parseTilePath,
  type TileAddress,
  tileBytes,
  tileNodes,
  tilePath,
  tilesOf,
} from '../../../src/protocol/log/tiles.ts';
import { spanRoot } from '../../../src/protocol/log/tree.ts';
import { fc } from '../../support/property.ts';
import { memoryLog } from './trees.ts';

const fault = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return error instanceof LogInvalid ? error.kind : error;
  }
};

describe('paths (C2SP tlog-tiles)', () => {
  test.each<[string, TileAddress]>([
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/0/x001/x234/067.p/8', { level: 0, index: 1_234_067, width: 8 }],
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/2/000.p/1', { level: 2, index: 0, width: 1 }],
    ['tile/63/999.p/255', { level: 63, index: 999, width: 255 }],
    ['tile/entries/x003/x057/500', { level: 'entries', index: 3_057_500, width: 256 }],
    ['tile/entries/273.p/112', { level: 'entries', index: 273, width: 112 }],
  ])('%s', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test.each([
    'tile/0/123/456/078',
    'tile/-1/x123/x456/078',
    'tile/64/000',
    'tile/00/000',
    'tile/01/000',
    'tile/0/x000/001',
    'tile/0/x001',
    'tile/0/0001',
    'tile/0/1',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/',
    'tile/0/000.P/1',
    'tile/data/000',
    'tile/8/0/000',
    '/tile/0/000',
    'tile/0/000\n',
    `tile/0/${'x999/'.repeat(6)}999`,
    '',
  ])('%j is none', (path) => {
    expect(fault(() => parseTilePath(path))).toBe('tile');
  });

  test('any tile has one path, which reads back', () => {
    const tile = fc.record({
      level: fc.oneof(fc.nat({ max: 63 }), fc.constant('entries' as const)),
      index: fc.oneof(fc.nat(), fc.maxSafeNat()),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (one) => {
        expect(parseTilePath(tilePath(one))).toEqual(one);
      }),
    );
  });
});

test('the specification’s trees of 70,000 and of 256 leaves', () => {
  const count = (size: number) => {
    const full: Record<string, number> = {};
    const partial: Record<string, number> = {};
    for (const { level, width } of tilesOf(size)) {
      if (width === 256) full[level] = (full[level] ?? 0) + 1;
      else partial[level] = width;
    }
    return { full, partial };
  };
  expect(count(70_000)).toEqual({ full: { 0: 273, 1: 1 }, partial: { 0: 112, 1: 17, 2: 1 } });
  expect(count(256)).toEqual({ full: { 0: 1 }, partial: { 1: 1 } });
  expect(count(0)).toEqual({ full: {}, partial: {} });
});

describe('a tree read through its tiles', () => {
  const log = memoryLog(66_500);
  /** Only the tiles of a tree of this size are there. */
  const served = (size: number) => {
    const tiles = new Map<string, Uint8Array>();
    for (const tile of tilesOf(size)) tiles.set(tilePath(tile), tileBytes(tile, log.node));
    return tileNodes(size, (tile) => {
      const bytes = tiles.get(tilePath(tile));
      if (bytes === undefined) throw new Error(`${tilePath(tile)} is not served`);
      return bytes;
    });
  };

  test.each([1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 66_500])(
    'gives root and proofs at %i',
    (size) => {
      const node = served(size);
      expect(spanRoot(0, size, node)).toEqual(log.root(size));
      const places = [0, 1, 254, 255, 256, 300, size - 2, size - 1];
      for (const index of places.filter((place) => place >= 0 && place < size)) {
        expect(proveInclusion(index, size, node)).toEqual(proveInclusion(index, size, log.node));
        expect(proveConsistency(index + 1, size, node)).toEqual(
          proveConsistency(index + 1, size, log.node),
        );
      }
    },
  );

  test('a tile of another length is refused, and so is a subtree that is not there', () => {
    const node = tileNodes(300, () => new Uint8Array(256 * 32));
    expect(fault(() => node(0, 299))).toBe('tile');
    expect(fault(() => served(300)(3, 37))).toBe('tile');
  });
});

describe('entry bundles', () => {
  const leaves = ['', 'a', '連携', 'x'.repeat(65_535)].map((text) => Buffer.from(text));

  test('lengths are two bytes, big-endian, and what was put in comes out', () => {
    expect([...entryBundle([Buffer.from('ab'), Buffer.alloc(0)])]).toEqual([0, 2, 97, 98, 0, 0]);
    const read = readEntryBundle(entryBundle(leaves), leaves.length);
    expect(read.map(leafHash)).toEqual(leaves.map(leafHash));
  });

  test('cut off, lengthened or of another width it is refused', () => {
    const bundle = entryBundle(leaves);
    expect(fault(() => readEntryBundle(bundle.subarray(0, -1), 4))).toBe('tile');
    expect(fault(() => readEntryBundle(Buffer.concat([bundle, Buffer.of(0)]), 4))).toBe('tile');
    expect(fault(() => readEntryBundle(bundle, 3))).toBe('tile');
    expect(() => entryBundle([Buffer.alloc(65_536)])).toThrow(RangeError);
    expect(() => entryBundle([])).toThrow(RangeError);
  });
});
