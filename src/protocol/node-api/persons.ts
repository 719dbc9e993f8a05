import { z } from 'zod';
import { Id, InformationCode, IntegratedAddressNumber } from '../identifiers.ts';

const Count = z.int().min(0);
const Result = z.strictObject({
  moved: z.strictObject({ copies: Count, drafts: Count, inquiries: Count, reviews: Count }),
  dropped: z.strictObject({ copies: Count, code: z.boolean(), results: Count }),
});
const Side = z.enum(['stays', 'goes']);

/** What an address-number system tells its node: two are one person, one is two, and who has no code yet. */
export const persons = {
  merge: {
    path: '/v1/persons/merge',
    request: z.strictObject({
      id: Id,
      stays: IntegratedAddressNumber,
      goes: IntegratedAddressNumber,
      codeOf: Side.describe('Whose code is right; the other’s is dropped'),
      copiesOf: z
        .record(InformationCode, Side)
        .default({})
        .describe('Where both have copies of a kind that differ: whose are kept'),
    }),
    responses: { 200: Result },
  },
  split: {
    path: '/v1/persons/split',
    request: z.strictObject({
      id: Id,
      from: IntegratedAddressNumber,
      to: IntegratedAddressNumber.describe('New here, or merged into `from` before'),
      codeOf: z.enum(['from', 'to']).describe('Whose the code is, and what was asked under it'),
      copies: z.array(InformationCode).max(1000).describe('Kinds of information that go'),
    }),
    responses: { 200: Result },
  },
  beginAcquisition: {
    path: '/v1/acquisitions',
    request: z.strictObject({ persons: z.array(IntegratedAddressNumber).min(1).max(1000) }),
    responses: {
      201: z.strictObject({
        acquisitions: z.array(
          z.strictObject({ integratedAddressNumber: IntegratedAddressNumber, acquisition: Id }),
        ),
      }),
    },
  },
} as const;
