import { describe, expect, test } from 'vitest';
import { compareRows, itemsThatDiffer } from '../../../src/agency/core/copies/compare-rows.ts';
import type { CopyRecord } from '../../../src/protocol/plaintext.ts';

describe('rows of one person without a key', () => {
  const row = (values: Record<string, string | number | null>): CopyRecord => values;
  test.each([
    [
      'alike in another order',
      [row({ a: 1, b: 2 }), row({ a: 3, b: 4 })],
      [row({ b: 4, a: 3 }), row({ a: 1, b: 2, c: null })],
      [],
    ],
    ['one changed', [row({ a: 1, b: 2, c: 3 })], [row({ a: 1, b: 2, c: 4 })], ['different 0 0 c']],
    [
      'too unlike to be the same',
      [row({ a: 1, b: 2, c: 3 })],
      [row({ a: 1, b: 5, c: 4 })],
      ['missing 0', 'surplus 0'],
    ],
    [
      'the most alike first',
      [row({ a: 1, b: 2, c: 3, d: 4 }), row({ a: 1, b: 2, c: 3, d: 5 })],
      [row({ a: 1, b: 2, c: 9, d: 5 })],
      ['different 1 0 c', 'missing 0'],
    ],
    [
      'the same row twice on one side',
      [row({ a: 1 }), row({ a: 1 })],
      [row({ a: 1 })],
      ['missing 1'],
    ],
  ])('%s', (_, left, right, expected) => {
    const told = compareRows(left, right).map((it) =>
      it.kind === 'different'
        ? `different ${it.left} ${it.right} ${it.items}`
        : it.kind === 'missing'
          ? `missing ${it.left}`
          : `surplus ${it.right}`,
    );
    expect(told.sort()).toEqual(expected);
    for (const it of compareRows(left, right)) {
      if (it.kind === 'different') {
        expect(it.items).toEqual(itemsThatDiffer(left[it.left] ?? {}, right[it.right] ?? {}));
      }
    }
  });
});
