import { z } from 'zod';
import { Day, Digest, Id, IntegratedAddressNumber } from '../identifiers.ts';
import { CopyRecord } from '../plaintext.ts';
import { Information } from './copies.ts';
import { limit } from './paging.ts';

const OF_A_COPY = ['layoutVersion', 'autoResponseDisabled', 'nonDisclosable'] as const;

/** What a member of staff enters: a new or corrected version, an end, or a deletion. */
export const DraftRequest = z
  .strictObject({
    id: Id.optional().describe('Chosen by the caller, so that entering again never enters twice'),
    change: z.enum(['put', 'end', 'delete']).describe('put: register or correct'),
    integratedAddressNumber: IntegratedAddressNumber,
    information: Information.describe('Kind of information (特定個人情報), name or code'),
    published: Day.optional().describe(
      'First day of the version; left out: of the version in force today, or for always',
    ),
    ended: Day.nullable()
      .optional()
      .describe('First day on which it counts no longer; to end: null takes an end back'),
    records: z.array(CopyRecord).max(10_000).optional().describe('To put: its rows'),
    layoutVersion: z.string().min(1).max(64).optional().describe('To put; left out: as it was'),
    autoResponseDisabled: z.boolean().optional().describe('To put; left out: as it was'),
    nonDisclosable: z.boolean().optional().describe('To put; left out: as it was'),
  })
  .refine(fits, 'records for put alone, ended for end');
export type DraftRequest = z.infer<typeof DraftRequest>;

function fits(it: Readonly<Record<string, unknown>>): boolean {
  if (it.change === 'put') return it.records !== undefined && it.ended !== null;
  const ofACopy = it.records !== undefined || OF_A_COPY.some((name) => it[name] !== undefined);
  return !ofACopy && (it.ended !== undefined) === (it.change === 'end');
}

export const DRAFT_STATES = ['entered', 'checked', 'approved', 'rejected'] as const;

export const DraftView = z.strictObject({
  id: Id,
  change: z.enum(['put', 'end', 'delete']),
  integratedAddressNumber: IntegratedAddressNumber,
  information: z.string(),
  published: Day,
  state: z.enum(DRAFT_STATES),
  enteredBy: z.string(),
  enteredAt: z.string(),
  checkedBy: z.string().optional(),
  checkedAt: z.string().optional(),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  reason: z.string().optional(),
});
export type DraftView = z.infer<typeof DraftView>;

/** One side of the difference that a draft makes. */
export const DraftSide = z.strictObject({
  published: Day,
  ended: Day.optional(),
  layoutVersion: z.string(),
  autoResponseDisabled: z.boolean(),
  nonDisclosable: z.boolean(),
  records: z.array(CopyRecord),
});
export type DraftSide = z.infer<typeof DraftSide>;

export const ShownDraftView = z.strictObject({
  draft: DraftView,
  before: DraftSide.optional().describe(
    'What it takes the place of, or follows; none: nothing counts',
  ),
  after: DraftSide.optional().describe('What would be held; none: nothing'),
  differences: z
    .array(
      z.strictObject({
        kind: z.enum(['added', 'removed', 'changed']),
        before: z.int().optional().describe('Row of `before`, from 0'),
        after: z.int().optional().describe('Row of `after`, from 0'),
        items: z.array(z.string()).optional().describe('Names of the items that change'),
      }),
    )
    .describe('Rows that differ; rows that are alike are left out'),
  digest: Digest.describe('Of all that is shown here; to be sent with `check` and `approve`'),
});
export type ShownDraftView = z.infer<typeof ShownDraftView>;

const Seen = z.strictObject({ digest: Digest.describe('As shown: only what was seen counts') });

/** Copies by hand: entered by one, checked by another, approved by a third. */
export const drafts = {
  enter: { path: '/v1/copies/drafts', request: DraftRequest, responses: { 201: DraftView } },
  list: {
    path: '/v1/copies/drafts',
    query: z.strictObject({
      state: z
        .enum([...DRAFT_STATES, 'open'])
        .default('open')
        .describe('open: entered or checked'),
      after: Id.optional().describe('The last draft of the page before'),
      limit: limit(1000, 100),
    }),
    responses: {
      200: z.strictObject({ drafts: z.array(DraftView), next: Id.optional() }),
    },
  },
  show: { path: '/v1/copies/drafts/{id}', responses: { 200: ShownDraftView } },
  check: { path: '/v1/copies/drafts/{id}/check', request: Seen, responses: { 200: DraftView } },
  approve: { path: '/v1/copies/drafts/{id}/approve', request: Seen, responses: { 200: DraftView } },
  reject: {
    path: '/v1/copies/drafts/{id}/reject',
    request: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    responses: { 200: DraftView },
  },
} as const;
