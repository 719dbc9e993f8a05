import { describe, expect, test } from 'vitest';
import { leafHash } from '../../../src/protocol/log/hash.ts';
import { readRecordLeaf, recordLeaf } from '../../../src/protocol/log/leaf.ts';
import { LogInvalid } from '../../../src/protocol/log/log-invalid.ts';
import type { ProvisionRecord } from '../../../src/protocol/record.ts';
import { fc } from '../../support/property.ts';

const record: ProvisionRecord = {
  kind: 'permitted',
  at: 1_795_305_600_000,
  exchange: 'AAAAAAAAAAAAAAAAAAAAAA',
  inquirer: '13101',
  provider: '13102',
  period: { from: '2026-04-01' },
  nonDisclosable: false,
};

test('a record’s leaf is one text, whatever order its fields came in, and reads back', () => {
  const leaf = recordLeaf(record);
  expect(leaf).toBe(
    '{"at":1795305600000,"exchange":"AAAAAAAAAAAAAAAAAAAAAA","inquirer":"13101","kind":"permitted",' +
      '"nonDisclosable":false,"period":{"from":"2026-04-01"},"provider":"13102"}',
  );
  const turned = Object.fromEntries(Object.entries(record).toReversed()) as ProvisionRecord;
  expect(recordLeaf(turned)).toBe(leaf);
  expect(readRecordLeaf(leaf)).toEqual(record);
});

test('a field that is there but undefined is not there', () => {
  const { provider: _, ...rest } = record;
  const written = recordLeaf({ ...rest, provider: undefined } as ProvisionRecord);
  expect(written).toBe(recordLeaf(rest));
});

describe('refused', () => {
  const leaf = recordLeaf(record);
  test.each([
    ['another order', JSON.stringify(record)],
    ['a space', leaf.replace(':', ': ')],
    ['another spelling of a number', leaf.replace('1795305600000', '1.7953056e12')],
    ['an escape', leaf.replace('13101', '\\u00313101')],
    ['a field twice', leaf.replace('{', '{"at":1795305600000,')],
    ['a field too many', leaf.replace(/}$/, ',"zz":1}')],
    ['a field within too many', leaf.replace('"from"', '"also":1,"from"')],
    ['no such kind', leaf.replace('permitted', 'allowed')],
    ['no JSON', leaf.slice(1)],
    ['nothing', ''],
  ])('%s', (_what, text) => {
    expect(() => readRecordLeaf(text)).toThrow(LogInvalid);
    try {
      readRecordLeaf(text);
    } catch (error) {
      expect(String(error)).toBe('LogInvalid: record: The record was altered');
      expect(error).toMatchObject({ kind: 'record' });
    }
  });

  test('a record that no bundle could carry', () => {
    expect(() => recordLeaf({ ...record, staff: 'x'.repeat(65_536) })).toThrow(RangeError);
  });
});

test('any other character in a leaf is another leaf', () => {
  const leaf = recordLeaf(record);
  fc.assert(
    fc.property(fc.nat({ max: leaf.length - 1 }), fc.string({ unit: 'grapheme' }), (at, other) => {
      const altered = leaf.slice(0, at) + other + leaf.slice(at + 1);
      fc.pre(altered !== leaf);
      expect(leafHash(altered).toString()).not.toBe(leafHash(leaf).toString());
    }),
  );
});
