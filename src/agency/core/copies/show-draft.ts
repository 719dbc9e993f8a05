import { RenkeiError } from '../../../protocol/errors.ts';
import type { CopyRecord } from '../../../protocol/plaintext.ts';
import type { AgencyReads } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { compareRows, type RowDifference } from './compare-rows.ts';
import { type Draft, digestOf, effectOf } from './draft.ts';
import type { Keeper } from './keeper.ts';
import type { Copy } from './ports.ts';

/** A draft with all that there is to see of it: shown before each step. */
export interface ShownDraft {
  readonly draft: Draft;
  /** What the draft would replace, as it is now; what would count after it. */
  readonly before: Copy | undefined;
  readonly after: Copy | undefined;
  /** `left`: rows of `before`; `right`: rows of `after`. */
  readonly differences: readonly RowDifference[];
  /** Of the draft and of what it would replace: whoever checks or approves says it again. */
  readonly digest: string;
}

/**
 * Shows a draft; the look is written to the operation log.
 * @throws RenkeiError not_found: no such draft, or its content has been erased since it was decided on
 */
export function showDraft(node: Keeper, by: Principal, id: string): Promise<ShownDraft> {
  return node.store.transact((tx) => {
    const shown = shownDraft(node, tx, id);
    const { integratedAddressNumber, information } = shown.draft.key;
    tx.note(done(node, by, 'copies.show', { person: integratedAddressNumber, information }));
    return shown;
  });
}

function shownDraft(node: Keeper, reads: AgencyReads, id: string): ShownDraft {
  const draft = reads.draft(id);
  if (!draft?.proposal) throw new RenkeiError('not_found');
  const { before, after } = effectOf(reads, draft.proposal);
  const key = keyItems(node, after ?? before);
  const differences = compareRows(rowsOf(before), rowsOf(after), key);
  return { draft, before, after, differences, digest: digestOf(draft.proposal, before) };
}

const rowsOf = (copy: Copy | undefined): CopyRecord[] => (copy ? JSON.parse(copy.records) : []);

/** The items that tell the rows of one person apart, by the layout of the copy. */
function keyItems({ layouts }: Keeper, copy: Copy | undefined): string[] {
  const form = copy && layouts.find(copy.information, copy.layoutVersion);
  return form ? form.key.flatMap((at) => form.items[at]?.item.name ?? []) : [];
}
