import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/protocol/encoding.ts';
import { ProvisionRecord, RecordKind, sharedFacts } from '../../src/protocol/record.ts';
import { fc } from '../support/property.ts';
import * as any from './support/arbitraries.ts';

const whole: ProvisionRecord = {
  kind: 'answered',
  at: 1_795_305_600_123,
  exchange: 'AAAAAAAAAAAAAAAAAAAAAA',
  message: 'BBBBBBBBBBBBBBBBBBBBBA',
  inquirer: '13101',
  provider: '27100',
  affair: 'JM00000000000001',
  item: '16の2',
  list: 'order-r6-9',
  information: 'TM00000000000001',
  period: { from: '2026-01-01', until: '2026-03-31' },
  requestedAt: 1_795_305_599,
  answeredAt: 1_795_305_600,
  outcome: 'refused',
  reason: 'restricted',
  code: 'information_not_listed',
  reasons: ['provider_not_listed', 'information_not_listed'],
  statement: 'A'.repeat(43),
  corrects: 'A'.repeat(43),
  person: 'CCCCCCCCCCCCCCCCCCCCCA',
  log: '13101',
  nonDisclosable: true,
  pruned: { from: 0, to: 9, count: 7, before: 1_574_348_400_000, keep: 'P7Y' },
  hold: {
    id: 'DDDDDDDDDDDDDDDDDDDDDA',
    reason: 'litigation',
    exchange: 'EEEEEEEEEEEEEEEEEEEEEA',
    agency: '27100',
    from: '2026-01-01',
    until: '2026-03-31',
  },
  staff: 'tanto',
};

/** In what the records of all parties to an exchange agree (番号法23条). */
const SHARED = [
  ...['exchange', 'inquirer', 'provider', 'affair', 'item', 'list', 'information', 'period'],
  ...['requestedAt', 'answeredAt', 'outcome', 'reason', 'statement', 'corrects'],
];

const members = Object.keys(ProvisionRecord.shape);
const accepts = (changes: object): boolean =>
  ProvisionRecord.safeParse({ ...whole, ...changes }).success;

test('has these members and no others', () => {
  expect(members.sort()).toEqual(Object.keys(whole).sort());
  expect(ProvisionRecord.parse(whole)).toEqual(whole);
  for (const name of ['records', 'content', 'answer', 'name', 'individualNumber', 'note']) {
    expect(accepts({ [name]: 'x' })).toBe(false);
  }
});

test('says at least what happened and when', () => {
  expect(ProvisionRecord.safeParse({ kind: 'denied', at: 0 }).success).toBe(true);
  for (const missing of ['kind', 'at']) expect(accepts({ [missing]: undefined })).toBe(false);
  expect(RecordKind.options.filter((kind) => !accepts({ kind }))).toEqual([]);
});

describe('no member can carry content', () => {
  /** What an answer, a person or a message is made of. */
  const contents = {
    'a name': '連携 太郎',
    'a name in Latin letters': 'RENKEI Taro',
    'a row of a copy': '{"接種日":"2026-04-01","回数":1}',
    'a short word': '陽性',
    'sealed bytes': Buffer.alloc(120, 7).toString('base64url'),
    'a token': `${'A'.repeat(80)}.${'A'.repeat(200)}.${'A'.repeat(86)}`,
    'an address': '東京都千代田区1-1',
    nothing: '',
  };
  test.each(members)('%s', (name) => {
    for (const [what, content] of Object.entries(contents)) {
      for (const value of [content, [content], { [content]: content }, { from: content }]) {
        expect([what, accepts({ [name]: value })]).toEqual([what, false]);
      }
    }
  });

  test('and only those that take log-in names or ids of lists take an individual number', () => {
    const taking = members.filter((name) => accepts({ [name]: '123456789018' }));
    expect(taking.sort()).toEqual(['list', 'staff']);
  });

  test('a person is a code or a keyed digest, not any other text', () => {
    expect(accepts({ person: 'A'.repeat(43) })).toBe(true);
    for (const person of ['A'.repeat(21), 'A'.repeat(23), 'A'.repeat(44), '12345678903']) {
      expect(accepts({ person })).toBe(false);
    }
  });
});

test.each([
  ['list', null, true],
  ['at', -1, false],
  ['at', 1.5, false],
  ['at', '2026-01-01', false],
  ['outcome', 'maybe', false],
  ['reason', 'busy', false],
  ['code', 'no_such_code', false],
  ['reasons', ['no_such_code'], false],
  ['kind', 'forgotten', false],
  ['nonDisclosable', 'true', false],
  ['staff', 'jocho@13101', true],
  ['staff', '0123', true],
  ['staff', '担当 太郎', false],
  ['staff', 'a'.repeat(65), false],
])('%s may be %j: %s', (name, value, expected) => {
  expect(accepts({ [name]: value })).toBe(expected);
});

describe('the shared facts', () => {
  test('are these', () => {
    expect(Object.keys(sharedFacts(whole)).sort()).toEqual(SHARED.toSorted());
    expect(sharedFacts(whole)).toEqual(
      Object.fromEntries(Object.entries(whole).filter(([name]) => SHARED.includes(name))),
    );
    expect(sharedFacts({ kind: 'denied', at: 0 })).toEqual({});
  });

  test('are the same to the byte however the parties keep them', () => {
    const own = fc.record({
      at: fc.nat(),
      message: any.id,
      person: fc.oneof(any.id, any.digest),
      staff: fc.constantFrom('tanto', 'jocho'),
      nonDisclosable: fc.boolean(),
      kind: fc.constantFrom<RecordKind>('permitted', 'answered', 'delivered'),
    });
    fc.assert(
      fc.property(
        any.subject,
        own,
        own,
        fc.shuffledSubarray(Object.entries(whole)),
        (subject, one, two, some) => {
          const facts = Object.fromEntries(some);
          const first = canonicalJson(sharedFacts({ ...facts, ...subject, ...one }));
          const second = canonicalJson(
            sharedFacts({ ...two, ...subject, ...facts, ...subject, ...two }),
          );
          expect(second).toBe(first);
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each(SHARED)('differ when %s differs', (name) => {
    const other = { ...whole, [name]: undefined };
    expect(canonicalJson(sharedFacts(other))).not.toBe(canonicalJson(sharedFacts(whole)));
  });
});
