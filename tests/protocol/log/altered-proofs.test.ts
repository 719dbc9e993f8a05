import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  proveConsistency,
  type TreeHead,
  verifyConsistency,
} from '../../../src/protocol/log/consistency.ts';
import { EMPTY_ROOT, nodeHash } from '../../../src/protocol/log/hash.ts';
import {
  type Inclusion,
  proveInclusion,
  verifyInclusion,
} from '../../../src/protocol/log/inclusion.ts';
import { LogInvalid } from '../../../src/protocol/log/log-invalid.ts';
import { fc } from '../../support/property.ts';
import { flipped, flips, memoryLog } from './trees.ts';

/** Trees up to this size: every hash of every proof, one bit of it each. */
const EVERY_HASH = 100;
const log = memoryLog(512);

// Millions of errors are made here, and nobody reads where.
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** Whether it throws LogInvalid of this kind; anything else it throws is thrown on. */
function refused(kind: 'inclusion' | 'consistency', verify: () => void): boolean {
  try {
    verify();
    return false;
  } catch (error) {
    if (error instanceof LogInvalid && error.kind === kind) return true;
    throw error;
  }
}
const inclusionRefused = (proof: readonly Uint8Array[], claim: Inclusion) =>
  refused('inclusion', () => verifyInclusion(proof, claim));
const consistencyRefused = (proof: readonly Uint8Array[], older: TreeHead, newer: TreeHead) =>
  refused('consistency', () => verifyConsistency(proof, older, newer));

const claimOf = (index: number, size: number): Inclusion => ({
  leaf: log.hashes[index] ?? EMPTY_ROOT,
  index,
  size,
  root: log.root(size),
});
const headOf = (size: number): TreeHead => ({ size, root: log.root(size) });

/** How many of the variants are accepted, of how many. */
function count(
  proof: readonly Uint8Array[],
  variants: (hash: Uint8Array) => Iterable<Uint8Array>,
  isRefused: (proof: readonly Uint8Array[]) => boolean,
) {
  let [tried, accepted] = [0, 0];
  for (const [at, hash] of proof.entries()) {
    const altered = [...proof];
    for (const variant of variants(hash)) {
      altered[at] = variant;
      tried += 1;
      if (!isRefused(altered)) accepted += 1;
    }
  }
  return { tried, accepted };
}

const sizes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

function overInclusions(trees: readonly number[], variants: Parameters<typeof count>[1]) {
  const total = { tried: 0, accepted: 0 };
  for (const size of trees) {
    for (let index = 0; index < size; index++) {
      const claim = claimOf(index, size);
      const proof = proveInclusion(index, size, log.node);
      const one = count(proof, variants, (altered) => inclusionRefused(altered, claim));
      total.tried += one.tried;
      total.accepted += one.accepted;
    }
  }
  return total;
}

function overConsistencies(trees: readonly number[], variants: Parameters<typeof count>[1]) {
  const total = { tried: 0, accepted: 0 };
  for (const size of trees) {
    for (let older = 1; older <= size; older++) {
      const proof = proveConsistency(older, size, log.node);
      const [one, other] = [headOf(older), headOf(size)];
      const counted = count(proof, variants, (altered) => consistencyRefused(altered, one, other));
      total.tried += counted.tried;
      total.accepted += counted.accepted;
    }
  }
  return total;
}

const randomBit = (hash: Uint8Array) => [flipped(hash, Math.floor(chance() * 256))];
// Seeded, so that a failure comes again.
let state = 20_261_122;
const chance = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

// All small trees, then one over, ragged, one short and complete. The counts are of flipped bits.
describe.each([
  { trees: sizes(1, 24), inclusion: 315_392, consistency: 292_608 },
  { trees: [33], inclusion: 49_408, consistency: 47_872 },
  { trees: [47], inclusion: 68_096, consistency: 66_560 },
  { trees: [64], inclusion: 98_304, consistency: 96_768 },
])('every flipped bit of every proof in trees of $trees leaves', ({ trees, ...bits }) => {
  test('inclusion', () => {
    expect(overInclusions(trees, flips)).toEqual({ tried: bits.inclusion, accepted: 0 });
  });
  test('consistency', () => {
    expect(overConsistencies(trees, flips)).toEqual({ tried: bits.consistency, accepted: 0 });
  });
});

test(`a flipped bit in every hash of every proof in trees up to ${EVERY_HASH} leaves`, () => {
  const larger = sizes(34, EVERY_HASH);
  expect(overInclusions(larger, randomBit).accepted).toBe(0);
  expect(overConsistencies(larger, randomBit).accepted).toBe(0);
});

const anyTree = fc
  .integer({ min: 1, max: 512 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }));

test('any flipped bit of proof, leaf or root in larger trees', () => {
  fc.assert(
    fc.property(anyTree, fc.nat(), ({ size, index }, chosen) => {
      const claim = claimOf(index, size);
      const parts = [...proveInclusion(index, size, log.node), claim.leaf, claim.root];
      const bit = chosen % (parts.length * 256);
      const altered = parts.map((part, at) => (at === bit >> 8 ? flipped(part, bit & 255) : part));
      const [leaf, root] = altered.slice(-2);
      if (leaf === undefined || root === undefined) throw new RangeError();
      expect(inclusionRefused(altered.slice(0, -2), { ...claim, leaf, root })).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('a proof moved to any other leaf', () => {
  for (const size of [2, 7, 8, 33, 64]) {
    for (let index = 0; index < size; index++) {
      const claim = claimOf(index, size);
      const proof = proveInclusion(index, size, log.node);
      for (let other = -1; other <= size; other++) {
        if (other !== index) expect(inclusionRefused(proof, { ...claim, index: other })).toBe(true);
      }
    }
  }
});

test('a proof that is longer, shorter, reordered or of odd lengths', () => {
  fc.assert(
    fc.property(anyTree, ({ size, index }) => {
      const claim = claimOf(index, size);
      const proof = proveInclusion(index, size, log.node);
      const variants = [
        [...proof, claim.root],
        [claim.root, ...proof],
        [...proof, new Uint8Array()],
        [claim.leaf, ...proof],
        ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1), [...proof, ...proof]] : []),
        ...(proof.length > 1 ? [proof.toReversed()] : []),
      ];
      for (const variant of variants) expect(inclusionRefused(variant, claim)).toBe(true);

      const [older, newer] = [headOf(index + 1), headOf(size)];
      const consistency = proveConsistency(older.size, size, log.node);
      const others = [
        [...consistency, newer.root],
        [older.root, ...consistency],
        [...consistency, new Uint8Array(31)],
        ...(consistency.length > 0 ? [consistency.slice(1), consistency.slice(0, -1), []] : []),
      ];
      for (const variant of others) expect(consistencyRefused(variant, older, newer)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a proof that is longer than the tree is high, though it leads to the root that was signed', () => {
  // A log that signs such a root must not get away with a tree of another shape.
  const extra = log.root(512);
  for (const size of [1, 2, 5, 8, 64]) {
    const above = (root: Uint8Array) => nodeHash(extra, root);
    for (let index = 0; index < size; index++) {
      const claim = claimOf(index, size);
      const proof = [...proveInclusion(index, size, log.node), extra];
      expect(inclusionRefused(proof, { ...claim, root: above(claim.root) })).toBe(true);
    }
    for (let from = 1; from < size; from++) {
      const [older, newer] = [headOf(from), headOf(size)];
      const proof = [...proveConsistency(from, size, log.node), extra];
      const raised = { ...newer, root: above(newer.root) };
      expect(consistencyRefused(proof, { ...older, root: above(older.root) }, raised)).toBe(true);
      expect(consistencyRefused(proof, older, raised)).toBe(true);
    }
  }
});

test('a consistency proof for other sizes or other roots', () => {
  for (const [from, to] of [
    [1, 8],
    [6, 8],
    [2, 5],
    [6, 7],
    [4, 8],
    [100, 300],
  ] as const) {
    const proof = proveConsistency(from, to, log.node);
    const [older, newer] = [headOf(from), headOf(to)];
    const refuse = (one: TreeHead, other: TreeHead) =>
      expect(consistencyRefused(proof, one, other)).toBe(true);
    refuse({ ...older, size: from - 1 }, newer);
    refuse({ ...older, size: from + 1 }, newer);
    refuse(older, { ...newer, size: to * 2 });
    refuse(older, { ...newer, size: from - 1 });
    refuse({ ...older, root: newer.root }, { ...newer, root: older.root });
    refuse({ ...older, root: EMPTY_ROOT }, newer);
    refuse(older, { ...newer, root: EMPTY_ROOT });
    refuse({ ...older, size: 0, root: EMPTY_ROOT }, newer);
    refuse(older, { ...newer, size: Number.NaN });
  }
  expect(consistencyRefused([], headOf(3), { size: 3, root: log.root(4) })).toBe(true);
  expect(consistencyRefused([], { size: 0, root: log.root(1) }, headOf(4))).toBe(true);
  expect(consistencyRefused([], headOf(4), { size: 0, root: EMPTY_ROOT })).toBe(true);
});
