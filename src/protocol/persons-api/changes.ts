import { z } from 'zod';
import { IntegratedAddressNumber } from '../identifiers.ts';
import { Basics, Information, OwnAddressNumber, SystemId } from './fields.ts';

const Side = z.enum(['stays', 'goes']);
const State = z.enum(['proposed', 'approved', 'done', 'declined', 'returned']);

/** A merge or a split, as staff see it. */
export const ChangeView = z.strictObject({
  id: z.string(),
  state: State,
  plan: z.union([
    z.strictObject({
      kind: z.literal('merge'),
      stays: IntegratedAddressNumber,
      goes: IntegratedAddressNumber,
      numberOf: Side.optional(),
      basicsOf: Side,
      copiesOf: z.record(z.string(), Side),
    }),
    z.strictObject({
      kind: z.literal('split'),
      from: IntegratedAddressNumber,
      to: IntegratedAddressNumber,
      numberOf: z.enum(['from', 'to']),
      basics: Basics,
      addressNumbers: z.array(z.strictObject({ system: z.string(), addressNumber: z.string() })),
      copies: z.array(z.string()),
    }),
  ]),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  doneAt: z.string().optional(),
  conflict: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Why the node could not follow: `copies` of which kinds, `inquiries` under way …'),
});
export type ChangeView = z.infer<typeof ChangeView>;

const Merge = z.strictObject({
  stays: IntegratedAddressNumber,
  goes: IntegratedAddressNumber.describe('Becomes part of `stays`'),
  numberOf: Side.optional().describe('Whose individual number is right; needed if they differ'),
  basicsOf: Side.optional().describe('Whose basic items are kept'),
  copies: z
    .array(z.strictObject({ information: Information, of: Side }))
    .max(1000)
    .default([])
    .describe('Where both have copies of a kind that differ: whose are kept'),
});
const Split = z.strictObject({
  from: IntegratedAddressNumber,
  to: IntegratedAddressNumber.optional().describe(
    'One that was merged into `from`; else a new one',
  ),
  numberOf: z.enum(['from', 'to']).describe('Whose the individual number is, and the code'),
  basics: Basics.describe('Of the other person'),
  addressNumbers: z
    .array(z.strictObject({ system: SystemId, addressNumber: OwnAddressNumber }))
    .max(100)
    .default([]),
  copies: z.array(Information).max(1000).default([]).describe('Kinds that are the other person’s'),
});

const step = <Name extends string>(name: Name) =>
  ({
    path: `/v1/changes/{id}/${name}`,
    request: z.strictObject({}),
    responses: { 200: ChangeView },
  }) as const;

/** Two registrations are one person, or one is two; proposed by one, approved by another. */
export const changes = {
  merge: { path: '/v1/changes/merge', request: Merge, responses: { 201: ChangeView } },
  split: { path: '/v1/changes/split', request: Split, responses: { 201: ChangeView } },
  list: {
    path: '/v1/changes',
    query: z.strictObject({ state: State.optional() }),
    responses: { 200: z.strictObject({ changes: z.array(ChangeView) }) },
  },
  show: { path: '/v1/changes/{id}', responses: { 200: ChangeView } },
  approve: step('approve'),
  decline: step('decline'),
} as const;
