import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import type { Medium } from './ports.ts';

export type LedgerNode = Pick<AgencyNode, 'store' | 'clock'>;

/**
 * Enters a medium into the ledger.
 * @throws RenkeiError state_conflict for a control number that is there, though it be a retired one’s
 */
export const registerMedium = (
  node: LedgerNode,
  by: Principal,
  entry: Pick<Medium, 'medium' | 'kind' | 'serial'>,
): Promise<Medium> =>
  node.store.transact((tx) => {
    if (tx.medium(entry.medium)) {
      throw new RenkeiError('state_conflict', {
        ja: 'この管理番号の媒体はすでにあります',
        en: 'There is a medium with this control number',
      });
    }
    const registeredAt = node.clock.now();
    const medium = { ...entry, registeredBy: by.id, registeredAt, holdsData: false };
    tx.addMedium(medium);
    tx.note(done(node, by, 'media.register', { subject: entry.medium }));
    return medium;
  });

/**
 * Takes a medium out of use for good: what is lent, or waits for somebody, comes back first.
 * @throws RenkeiError not_found, state_conflict
 */
export const retireMedium = (
  node: LedgerNode,
  by: Principal,
  number: string,
  reason: string,
): Promise<Medium> =>
  node.store.transact((tx) => {
    const medium = tx.medium(number);
    if (!medium) throw new RenkeiError('not_found');
    if (medium.retiredAt !== undefined) throw new RenkeiError('state_conflict');
    if (tx.openLending(number)) {
      throw new RenkeiError('state_conflict', {
        ja: '貸出しの申請中か、貸出し中の媒体です',
        en: 'It is asked for, or lent',
        hint: {
          ja: '却下するか、返却の報告と受領を済ませてください。紛失も返却の報告（消去していない）で記録します',
          en: 'Reject it, or report and accept its return; a lost one is reported as not erased',
        },
      });
    }
    const change = { retiredBy: by.id, retiredAt: node.clock.now(), reason };
    tx.changeMedium(number, change);
    tx.note(done(node, by, 'media.retire', { subject: number }));
    return { ...medium, ...change };
  });
