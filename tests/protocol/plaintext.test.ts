import { describe, expect, test } from 'vitest';
import { canonicalJson, utf8 } from '../../src/protocol/encoding.ts';
import type { Subject } from '../../src/protocol/messages/permit.ts';
import { openAnswer } from '../../src/protocol/open-answer.ts';
import { DIRECTION } from '../../src/protocol/outcome.ts';
import { type Plaintext, plaintextBytes } from '../../src/protocol/plaintext.ts';
import { oneTimeKey, seal, sealedMismatch } from '../../src/protocol/sealing.ts';
import { problemOfError } from '../../src/service/http/problem.ts';
import { fc } from '../support/property.ts';
import * as any from './support/arbitraries.ts';
import { thrown } from './support/opening.ts';

const inquirer = oneTimeKey(new Uint8Array(32).fill(1));
const provider = oneTimeKey(new Uint8Array(32).fill(2));
const nonce = new Uint8Array(24).fill(3);
const keys = { theirs: provider.publicKey, mine: inquirer.secret };

const sealBytes = (plain: Uint8Array) => seal(plain, nonce, inquirer.publicKey, provider);

const record = fc.dictionary(
  fc.constantFrom('氏名', '接種日', 'ロット番号', 'n'),
  fc.oneof(
    any.text,
    fc.integer(),
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc.constant(null),
  ),
);
const exchange = fc.record({
  exchange: any.id,
  subject: any.subject,
  layoutVersion: fc.constantFrom('1', '令和8年'),
  records: fc.array(record, { maxLength: 3 }),
});
type Exchanged = typeof exchange extends fc.Arbitrary<infer Value> ? Value : never;

const plainOf = ({ exchange, subject, layoutVersion, records }: Exchanged): Plaintext => ({
  exchange,
  inquirer: subject.inquirer,
  provider: subject.provider,
  direction: DIRECTION,
  information: subject.information,
  layoutVersion,
  records,
});

const example: Exchanged = {
  exchange: 'AAAAAAAAAAAAAAAAAAAAAA',
  subject: {
    inquirer: '13101',
    provider: '27100',
    affair: 'JM00000000000001',
    item: '25',
    list: 'order-r6-9',
    information: 'TM00000000000001',
  },
  layoutVersion: '1',
  records: [{ 接種日: '2026-04-01', 回数: 1, ロット番号: null }],
};

/** Nothing tells apart why an answer does not belong here. */
function expectMismatch(work: () => unknown): void {
  const error = thrown(work);
  const one = sealedMismatch();
  expect(error.code).toBe('permit_mismatch');
  expect(error.message).toBe(one.message);
  expect(error.detail).toEqual(one.detail);
  expect(problemOfError(error)).toEqual(problemOfError(one));
  expect(error.cause).toBeUndefined();
}

test('an answer opens in its own exchange and says what was sealed', () => {
  fc.assert(
    fc.property(exchange, (it) => {
      const plain = plainOf(it);
      const opened = openAnswer(sealBytes(plaintextBytes(plain)), keys, it.exchange, it.subject);
      // -0 is written 0, in JSON as anywhere.
      expect(canonicalJson(opened)).toBe(canonicalJson(plain));
    }),
    { numRuns: 40 },
  );
});

test('moved between any two exchanges that differ it does not open, though its bytes would', () => {
  fc.assert(
    fc.property(exchange, exchange, (it, other) => {
      const bound = (of: Exchanged) => {
        const { records: _records, layoutVersion: _version, ...binding } = plainOf(of);
        return canonicalJson(binding);
      };
      fc.pre(bound(it) !== bound(other));
      const sealed = sealBytes(plaintextBytes(plainOf(it)));
      expectMismatch(() => openAnswer(sealed, keys, other.exchange, other.subject));
    }),
    { numRuns: 60 },
  );
});

test.each<[string, string, Partial<Subject>]>([
  ['exchange', 'BBBBBBBBBBBBBBBBBBBBBA', {}],
  ['inquirer', example.exchange, { inquirer: '14130' }],
  ['provider', example.exchange, { provider: '14130' }],
  ['information', example.exchange, { information: 'TM00000000000002' }],
])('expected for another %s alone it does not open', (_what, id, changes) => {
  const sealed = sealBytes(plaintextBytes(plainOf(example)));
  expect(openAnswer(sealed, keys, example.exchange, example.subject).records).toEqual(
    example.records,
  );
  expectMismatch(() => openAnswer(sealed, keys, id, { ...example.subject, ...changes }));
});

describe('nonsense that opens is the same error', () => {
  const plain = plainOf(example);
  const { information: _information, ...missing } = plain;
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['not UTF-8', new Uint8Array([0xff, 0xfe])],
    ['not JSON', utf8('回答')],
    ['JSON cut short', plaintextBytes(plain).subarray(0, 100)],
    ['null', utf8('null')],
    ['an array', utf8('[]')],
    ['empty', utf8('{}')],
    ['a member missing', utf8(canonicalJson(missing))],
    ['an unknown member', utf8(canonicalJson({ ...plain, note: '' }))],
    ['the other direction', utf8(canonicalJson({ ...plain, direction: 'inquirer-to-provider' }))],
    ['no direction', utf8(canonicalJson({ ...plain, direction: undefined }))],
    ['records of another shape', utf8(canonicalJson({ ...plain, records: [{ 接種: { 日: 1 } }] }))],
    ['records in text', utf8(canonicalJson({ ...plain, records: '[]' }))],
    ['an exchange that is none', utf8(canonicalJson({ ...plain, exchange: '' }))],
  ])('%s', (_what, bytes) => {
    expectMismatch(() => openAnswer(sealBytes(bytes), keys, example.exchange, example.subject));
  });

  test('anything at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(utf8)), (bytes) => {
        expectMismatch(() => openAnswer(sealBytes(bytes), keys, example.exchange, example.subject));
      }),
      { numRuns: 60 },
    );
  });
});

test('what does not open at all is that error too', () => {
  const sealed = sealBytes(plaintextBytes(plainOf(example)));
  const strange = oneTimeKey(new Uint8Array(32).fill(9));
  const openWith = (data: Uint8Array, pair: typeof keys) =>
    expectMismatch(() => openAnswer(data, pair, example.exchange, example.subject));
  openWith(sealed, { ...keys, mine: strange.secret });
  openWith(sealed, { ...keys, theirs: strange.publicKey });
  openWith(sealed.subarray(1), keys);
  openWith(new Uint8Array(0), keys);
  openWith(sealed, { ...keys, mine: new Uint8Array(32) });
});

test('the bytes that are sealed are canonical JSON', () => {
  const text = new TextDecoder().decode(plaintextBytes(plainOf(example)));
  expect(text).toBe(
    '{"direction":"provider-to-inquirer","exchange":"AAAAAAAAAAAAAAAAAAAAAA","information":"TM00000000000001",' +
      '"inquirer":"13101","layoutVersion":"1","provider":"27100",' +
      '"records":[{"ロット番号":null,"回数":1,"接種日":"2026-04-01"}]}',
  );
});
