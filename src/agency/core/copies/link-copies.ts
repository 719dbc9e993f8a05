import { RenkeiError } from '../../../protocol/errors.ts';
import type { CopyRecord } from '../../../protocol/plaintext.ts';
import type { AgencyTx } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { checkForm, formOf } from './check-form.ts';
import type { Keeper } from './keeper.ts';
import { ALWAYS, type CopyKey, type CopyToPut } from './ports.ts';

/** A copy as a business system’s data becomes one, by way of the address-number system. */
export interface LinkedCopy extends Omit<CopyKey, 'published'> {
  readonly layoutVersion: string;
  /** From when it counts; left out: always. */
  readonly published?: string | undefined;
  readonly ended?: string | undefined;
  readonly records: readonly CopyRecord[];
  /** What is not said of them stays as it was. */
  readonly autoResponseDisabled?: boolean | undefined;
  readonly nonDisclosable?: boolean | undefined;
}

/**
 * Registers copies, all or none: each is checked by its layout first. Handed over again, they are the same
 * copies again.
 * @returns how many are new or have changed
 * @throws RenkeiError message_malformed naming the copy that is wrong, by its place; storage_full
 */
export async function linkCopies(
  node: Keeper,
  by: Principal,
  copies: readonly LinkedCopy[],
): Promise<number> {
  const ready = copies.map((copy, at) => prepared(node, copy, at));
  return await node.store.transact((tx) => {
    const changed = ready.filter((put) => put(tx)).length;
    const kinds = Map.groupBy(copies, ({ information }) => information);
    for (const [information, of] of kinds) {
      tx.note(done(node, by, 'copies.import', { information, count: of.length }));
    }
    return changed;
  });
}

/** What registers one copy. @returns whether that changes anything */
function prepared(node: Keeper, copy: LinkedCopy, at: number): (tx: AgencyTx) => boolean {
  const { integratedAddressNumber, information, layoutVersion, ended } = copy;
  const { datedBy } = checked(node, copy, at);
  const key = { integratedAddressNumber, information, published: copy.published ?? ALWAYS };
  const records = JSON.stringify(copy.records);
  return (tx) => {
    const before =
      tx.copyVersion(key) ?? tx.copy(integratedAddressNumber, information, key.published);
    const put: CopyToPut = {
      ...{ ...key, ended, layoutVersion, datedBy, records },
      // Whoever says nothing of a restriction does not lift it.
      autoResponseDisabled: copy.autoResponseDisabled ?? before?.autoResponseDisabled ?? false,
      nonDisclosable: copy.nonDisclosable ?? before?.nonDisclosable ?? false,
    };
    const same = JSON.stringify(content(tx.copyVersion(key))) === JSON.stringify(content(put));
    if (!same) tx.putCopy(put);
    return !same;
  };
}

function checked(
  node: Keeper,
  { information, layoutVersion, records, ...days }: LinkedCopy,
  at: number,
) {
  try {
    const form = formOf(node.layouts, information, layoutVersion);
    checkForm(form, records);
    const { published = ALWAYS, ended } = days;
    if (ended !== undefined && ended < published) {
      throw new RenkeiError('message_malformed', {
        ja: '終了日が公開日より前です',
        en: 'The version would end before it begins',
      });
    }
    return form;
  } catch (error) {
    if (!(error instanceof RenkeiError)) throw error;
    const { ja = '', en = '', extensions } = error.detail;
    throw new RenkeiError(error.code, {
      ...error.detail,
      ja: `${at + 1}件目: ${ja}`,
      en: `Copy ${at + 1}: ${en}`,
      extensions: { ...extensions, copy: at },
    });
  }
}

const content = (it: CopyToPut | undefined) =>
  it && [
    ...[it.ended ?? null, it.layoutVersion, it.datedBy ?? null, it.records],
    ...[it.autoResponseDisabled, it.nonDisclosable],
  ];
