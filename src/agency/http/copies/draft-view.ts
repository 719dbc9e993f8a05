import type {
  DraftRequest,
  DraftSide,
  DraftView,
  ShownDraftView,
} from '../../../protocol/node-api/drafts.ts';
import type { RowDifference } from '../../core/copies/compare-rows.ts';
import type { Draft } from '../../core/copies/draft.ts';
import type { Entry } from '../../core/copies/enter-draft.ts';
import type { Copy } from '../../core/copies/ports.ts';
import type { ShownDraft } from '../../core/copies/show-draft.ts';
import { codeOfInformation } from './copy-view.ts';

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

export const draftView = (it: Draft): DraftView => ({
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

export const shownDraftView = (it: ShownDraft): ShownDraftView => ({
  draft: draftView(it.draft),
  before: it.before && sideOf(it.before),
  after: it.after && sideOf(it.after),
  differences: it.differences.map(changeOf),
  digest: it.digest,
});

function changeOf(it: RowDifference): ShownDraftView['differences'][number] {
  if (it.kind === 'missing') return { kind: 'removed', before: it.left };
  if (it.kind === 'surplus') return { kind: 'added', after: it.right };
  return { kind: 'changed', before: it.left, after: it.right, items: [...it.items] };
}

const sideOf = (it: Copy): DraftSide => ({
  published: it.published,
  ended: it.ended,
  layoutVersion: it.layoutVersion,
  autoResponseDisabled: it.autoResponseDisabled,
  nonDisclosable: it.nonDisclosable,
  records: JSON.parse(it.records),
});
