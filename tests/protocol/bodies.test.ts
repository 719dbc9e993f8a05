import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  AcceptedBody,
  CollectedBody,
  DocumentBody,
  MessageBody,
  SealedBody,
} from '../../src/protocol/bodies.ts';
import { jwksOf } from '../../src/protocol/jwks.ts';
import { JwksBody } from '../../src/protocol/jwks-body.ts';
import { gateway } from './support/parties.ts';

const longest = 'A'.repeat(2_097_152);
const keys = jwksOf([gateway.publicKey]);

describe.each<[string, z.ZodType, unknown[], unknown[]]>([
  [
    'a message',
    MessageBody,
    [{ message: 'a.b.c' }, { message: longest }],
    [
      {},
      { message: '' },
      { message: 1 },
      { message: `${longest}A` },
      { message: 'a', sealed: 'b' },
    ],
  ],
  [
    'a sealed reply',
    SealedBody,
    [{ message: 'a' }, { message: 'a', sealed: 'b' }],
    [{ message: 'a', sealed: '' }, { message: 'a', sealed: null }, { sealed: 'b' }],
  ],
  [
    'what was collected',
    CollectedBody,
    [
      { deliveries: [], more: false },
      { deliveries: [{ message: 'a' }], more: true },
    ],
    [{ deliveries: [] }, { more: true }, { deliveries: ['a'], more: true }],
  ],
  ['how many', AcceptedBody, [{ accepted: 0 }], [{ accepted: -1 }, { accepted: 0.5 }, {}]],
  ['a document', DocumentBody, [{ document: '' }], [{ document: {} }, {}]],
  [
    'a key set',
    JwksBody,
    [keys, { keys: [] }],
    [{ keys: [{ ...keys.keys[0], d: 'x' }] }, { keys: [{ ...keys.keys[0], alg: 'ES256' }] }, {}],
  ],
])('%s', (_what, schema, right, wrong) => {
  test('is taken in its own shape, without unknown members', () => {
    for (const body of right) {
      expect(schema.safeParse(body).success).toBe(true);
      expect(schema.safeParse(Object.assign({ zz: 1 }, body)).success).toBe(false);
    }
    expect(wrong.filter((body) => schema.safeParse(body).success)).toEqual([]);
    for (const body of [null, [], 'a', 1]) expect(schema.safeParse(body).success).toBe(false);
  });
});
