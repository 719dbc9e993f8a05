import { z } from 'zod';
import { Day, Digest, Id, IntegratedAddressNumber } from '../../../protocol/identifiers.ts';
import { CopyRecord } from '../../../protocol/plaintext.ts';
import type { RowDifference } from '../../core/copies/compare-rows.ts';
import type { Draft } from '../../core/copies/draft.ts';
import type { Entry } from '../../core/copies/enter-draft.ts';
import type { Copy } from '../../core/copies/ports.ts';
import type { ShownDraft } from '../../core/copies/show-draft.ts';
import { codeOfInformation, Information } from './copy-view.ts';

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
type DraftRequest = z.infer<typeof DraftRequest>;

function fits(it: Readonly<Record<string, unknown>>): boolean {
  if (it.change === 'put') return it.records !== undefined && it.ended !== null;
  const ofACopy = it.records !== undefined || OF_A_COPY.some((name) => it[name] !== undefined);
  return !ofACopy && (it.ended !== undefined) === (it.change === 'end');
}

export function entryOf(request: DraftRequest): Entry {
  const { change, integratedAddressNumber, published, ended, records = [] } = request;
  const information = codeOfInformation(request.information);
  const version = { integratedAddressNumber, information, published };
  if (change === 'delete') return { ...version, change };
  if (change === 'end') return { ...version, change, ended: ended ?? undefined };
  const { layoutVersion, autoResponseDisabled, nonDisclosable } = request;
  const copy = { layoutVersion, autoResponseDisabled, nonDisclosable, ended: ended ?? undefined };
  return { ...version, change, ...copy, records: JSON.stringify(records) };
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

export const draftView = (it: Draft): z.infer<typeof DraftView> => ({
  id: it.id,
  change: it.change,
  ...it.key,
  state: it.state,
  enteredBy: it.enteredBy,
  enteredAt: timeOf(it.enteredAt),
  checkedBy: it.checkedBy,
  checkedAt: it.checkedAt === undefined ? undefined : timeOf(it.checkedAt),
  decidedBy: it.decidedBy,
  decidedAt: it.decidedAt === undefined ? undefined : timeOf(it.decidedAt),
  reason: it.reason,
});

const timeOf = (at: number): string => new Date(at).toISOString();

const Side = z.strictObject({
  published: Day,
  ended: Day.optional(),
  layoutVersion: z.string(),
  autoResponseDisabled: z.boolean(),
  nonDisclosable: z.boolean(),
  records: z.array(CopyRecord),
});

export const ShownDraftView = z.strictObject({
  draft: DraftView,
  before: Side.optional().describe('What it takes the place of, or follows; none: nothing counts'),
  after: Side.optional().describe('What would be held; none: nothing'),
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

export const shownDraftView = (it: ShownDraft): z.infer<typeof ShownDraftView> => ({
  draft: draftView(it.draft),
  before: it.before && sideOf(it.before),
  after: it.after && sideOf(it.after),
  differences: it.differences.map(changeOf),
  digest: it.digest,
});

function changeOf(it: RowDifference): z.infer<typeof ShownDraftView>['differences'][number] {
  if (it.kind === 'missing') return { kind: 'removed', before: it.left };
  if (it.kind === 'surplus') return { kind: 'added', after: it.right };
  return { kind: 'changed', before: it.left, after: it.right, items: [...it.items] };
}

const sideOf = (it: Copy): z.infer<typeof Side> => ({
  published: it.published,
  ended: it.ended,
  layoutVersion: it.layoutVersion,
  autoResponseDisabled: it.autoResponseDisabled,
  nonDisclosable: it.nonDisclosable,
  records: JSON.parse(it.records),
});
