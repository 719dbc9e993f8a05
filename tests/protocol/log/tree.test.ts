import { describe, expect, test } from 'vitest';
import { proveConsistency, verifyConsistency } from '../../../src/protocol/log/consistency.ts';
import { Frontier, rootOf } from '../../../src/protocol/log/frontier.ts';
import { EMPTY_ROOT, leafHash, nodeHash } from '../../../src/protocol/log/hash.ts';
import { proveInclusion, verifyInclusion } from '../../../src/protocol/log/inclusion.ts';
import { spanRoot } from '../../../src/protocol/log/tree.ts';
import vectors from '../../vectors/merkle-rfc6962.json' with { type: 'json' };
import { NaiveTree } from './naive.ts';
import { memoryLog } from './trees.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const unhex = (text: string) => Buffer.from(text, 'hex');
const MOST = 512;

describe('published vectors', () => {
  const leaves = vectors.leaves.map(unhex);
  const hashes = leaves.map(leafHash);
  const frontier = new Frontier();
  const completed = hashes.map((hash) => frontier.append(hash));
  const node = (level: number, index: number) =>
    completed[(index + 1) * 2 ** level - 1]?.[level] ?? EMPTY_ROOT;

  test('roots', () => {
    expect(hex(EMPTY_ROOT)).toBe(vectors.emptyRoot);
    expect(hex(rootOf([]))).toBe(vectors.emptyRoot);
    expect(leaves.map((_, last) => hex(rootOf(hashes.slice(0, last + 1))))).toEqual(vectors.roots);
  });

  test.each(vectors.inclusion)('inclusion of $index in $size', ({ index, size, proof }) => {
    expect(proveInclusion(index, size, node).map(hex)).toEqual(proof);
    const leaf = hashes[index] ?? EMPTY_ROOT;
    const root = unhex(vectors.roots[size - 1] ?? '');
    verifyInclusion(proof.map(unhex), { leaf, index, size, root });
  });

  test.each(vectors.consistency)('consistency of $from with $to', ({ from, to, proof }) => {
    expect(proveConsistency(from, to, node).map(hex)).toEqual(proof);
    const head = (size: number) => ({ size, root: unhex(vectors.roots[size - 1] ?? '') });
    verifyConsistency(proof.map(unhex), head(from), head(to));
  });
});

test('a leaf hashes the same as text and as bytes, and never as a node', () => {
  expect(leafHash('連携')).toEqual(leafHash(Buffer.from('連携')));
  const [left, right] = [leafHash('l'), leafHash('r')];
  expect(leafHash(Buffer.concat([left, right]))).not.toEqual(nodeHash(left, right));
  expect(() => nodeHash(left, right.subarray(1))).toThrow(RangeError);
});

describe(`every tree up to ${MOST} leaves agrees with the definition`, () => {
  const log = memoryLog(MOST);
  const naive = new NaiveTree(log.leaves);

  test('roots, from leaves, from nodes and from a frontier that was stored', () => {
    let frontier = new Frontier();
    for (let size = 0; size <= MOST; size++) {
      const root = naive.root(0, size);
      expect(root.equals(log.root(size))).toBe(true);
      expect(root.equals(spanRoot(0, size, log.node))).toBe(true);
      expect(root.equals(Frontier.read(size, log.node).root())).toBe(true);
      frontier = Frontier.of(frontier.size, frontier.parts);
      expect(root.equals(frontier.root())).toBe(true);
      if (size < MOST) frontier.append(log.hashes[size] ?? EMPTY_ROOT);
    }
  });

  test('every inclusion proof', () => {
    let proofs = 0;
    for (let size = 1; size <= MOST; size++) {
      const root = log.root(size);
      for (const [index, leaf] of log.hashes.slice(0, size).entries()) {
        const proof = proveInclusion(index, size, log.node);
        const defined = naive.path(index, 0, size);
        if (Buffer.compare(Buffer.concat(proof), Buffer.concat(defined)) !== 0) {
          expect(proof, `inclusion of ${index} in ${size}`).toEqual(defined);
        }
        verifyInclusion(proof, { leaf, index, size, root });
        proofs += 1;
      }
    }
    expect(proofs).toBe((MOST * (MOST + 1)) / 2);
  });

  test('every consistency proof', () => {
    let proofs = 0;
    for (let to = 1; to <= MOST; to++) {
      const newer = { size: to, root: log.root(to) };
      for (let from = 1; from <= to; from++) {
        const proof = proveConsistency(from, to, log.node);
        const defined = naive.proof(from, 0, to);
        if (Buffer.compare(Buffer.concat(proof), Buffer.concat(defined)) !== 0) {
          expect(proof, `consistency of ${from} with ${to}`).toEqual(defined);
        }
        verifyConsistency(proof, { size: from, root: log.root(from) }, newer);
        proofs += 1;
      }
      verifyConsistency([], { size: 0, root: EMPTY_ROOT }, newer);
    }
    expect(proofs).toBe((MOST * (MOST + 1)) / 2);
  });
});

test('sizes beyond 32 bits are counted exactly', () => {
  // A tree whose subtrees are all alike needs no leaves: a node depends on its level only.
  const levels: Uint8Array[] = [leafHash('same')];
  const node = (level: number): Uint8Array => {
    let hash = levels[level];
    if (hash === undefined) {
      const half = node(level - 1);
      hash = nodeHash(half, half);
      levels[level] = hash;
    }
    return hash;
  };
  const from = 2 ** 33 + 12_345;
  const to = 2 ** 40 + 7;
  const index = 2 ** 33 + 12_344;
  const root = spanRoot(0, to, node);
  const leaf = node(0);
  verifyInclusion(proveInclusion(index, to, node), { leaf, index, size: to, root });
  verifyConsistency(
    proveConsistency(from, to, node),
    { size: from, root: Frontier.read(from, node).root() },
    { size: to, root },
  );
});

test('what is no leaf and no tree is refused', () => {
  const { node } = memoryLog(8);
  for (const [index, size] of [
    [8, 8],
    [-1, 8],
    [0, 0],
    [0.5, 8],
    [Number.NaN, 8],
  ] as const) {
    expect(() => proveInclusion(index, size, node)).toThrow(RangeError);
  }
  expect(() => proveConsistency(5, 4, node)).toThrow(RangeError);
  expect(() => Frontier.of(3, [EMPTY_ROOT])).toThrow(RangeError);
  expect(() => Frontier.of(1, [EMPTY_ROOT.subarray(1)])).toThrow(RangeError);
});
