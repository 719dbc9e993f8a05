import { RenkeiError } from '../../../protocol/errors.ts';
import type { StaffMember } from '../principal.ts';
import { mayDo } from '../staff/authority.ts';
import { done } from '../staff/operations.ts';
import type { LedgerNode } from './keep-ledger.ts';
import { aboutLending } from './lend.ts';
import type { Lending } from './ports.ts';

/**
 * Whoever has a medium gives it back and says what became of the data; a supervisor may, for somebody who has left.
 * @param told `note`: needed when the data was not erased
 * @throws RenkeiError not_found, not_authorised (it is another’s), state_conflict (it is not lent)
 */
export const reportReturn = (
  node: LedgerNode,
  by: StaffMember,
  id: string,
  told: { readonly erased: boolean; readonly note?: string | undefined },
): Promise<Lending> =>
  node.store.transact((tx) => {
    const lending = tx.lending(id);
    if (!lending) throw new RenkeiError('not_found');
    if (lending.requestedBy !== by.id && !mayDo(by.authority, 'media.approve')) throw notYours();
    if (lending.state !== 'lent') throw new RenkeiError('state_conflict');
    const reported = { reportedBy: by.id, reportedAt: node.clock.now(), ...told };
    const change = { state: 'reported', ...reported } as const;
    tx.changeLending(id, change);
    tx.note(done(node, by, 'media.return', aboutLending(lending)));
    return { ...lending, ...change };
  });

/**
 * Somebody else has the medium in hand and takes it back into store. One with data on it is not lent again.
 * @throws RenkeiError not_found, approval_required (nobody has reported its return), approval_by_same_person,
 * state_conflict
 */
export const acceptReturn = (node: LedgerNode, by: StaffMember, id: string): Promise<Lending> =>
  node.store.transact((tx) => {
    const lending = tx.lending(id);
    if (!lending) throw new RenkeiError('not_found');
    if (lending.state === 'lent') {
      throw new RenkeiError('approval_required', {
        ja: '返却の報告がありません',
        en: 'Nobody has reported its return',
      });
    }
    if (lending.state !== 'reported') throw new RenkeiError('state_conflict');
    if ([lending.requestedBy, lending.reportedBy].includes(by.id)) {
      throw new RenkeiError('approval_by_same_person', {
        ja: '借りた職員とも、返却を報告した職員とも別の職員が受領しなければなりません',
        en: 'Somebody else than who had it, and than who reported its return, must accept it',
      });
    }
    const acceptedAt = node.clock.now();
    const change = { state: 'returned', acceptedBy: by.id, acceptedAt } as const;
    tx.changeLending(id, change);
    if (lending.erased === false) tx.changeMedium(lending.medium, { holdsData: true });
    tx.note(done(node, by, 'media.accept', aboutLending(lending)));
    return { ...lending, ...change };
  });

const notYours = () =>
  new RenkeiError('not_authorised', {
    ja: 'ほかの職員が借りた媒体です',
    en: 'Somebody else has borrowed it',
  });
