import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { AgencyReads } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { today } from '../today.ts';
import type { LedgerNode } from './keep-ledger.ts';
import type { Lending } from './ports.ts';

/** What somebody asks for. */
export type LendingEntry = Pick<Lending, 'medium' | 'information' | 'purpose' | 'until'>;

/**
 * A member of staff asks for a medium: nothing may be written until somebody else approves. Asked again under
 * the same id, it is the same request.
 * @throws RenkeiError not_found (no such medium), message_malformed (a day that is over, or a kind of information that
 * is not held), state_conflict (somebody has it or has asked for it, it is retired or holds data; the id has another
 * content)
 */
export const askForMedium = (
  node: LedgerNode & Pick<AgencyNode, 'layouts'>,
  by: Principal,
  id: string,
  entry: LendingEntry,
): Promise<Lending> =>
  node.store.transact((tx) => {
    const known = tx.lending(id);
    if (known) return sameAgain(known, by, entry);
    mustBeInStore(tx, entry.medium);
    if (entry.until < today(node)) throw dayOver();
    mustBeHeld(node, entry.information);
    const lending: Lending = {
      ...{ id, ...entry, state: 'requested', files: [] },
      ...{ requestedBy: by.id, requestedAt: node.clock.now() },
    };
    tx.addLending(lending);
    tx.note(done(node, by, 'media.borrow', aboutLending(lending)));
    return lending;
  });

/**
 * A supervisor who did not ask for it lends the medium.
 * @throws RenkeiError not_found, state_conflict, approval_by_same_person
 */
export const approveLending = (node: LedgerNode, by: Principal, id: string): Promise<Lending> =>
  decide(node, by, id, 'media.approve', (lending) => {
    if (lending.until < today(node)) {
      throw new RenkeiError('state_conflict', {
        ja: '貸出しの最終日が過ぎています。却下して、申請し直してください',
        en: 'Its last day is over: reject it, and ask anew',
      });
    }
    return { state: 'lent' };
  });

/** A supervisor who did not ask for it turns it down. @throws as `approveLending` */
export const rejectLending = (
  node: LedgerNode,
  by: Principal,
  id: string,
  reason: string,
): Promise<Lending> => decide(node, by, id, 'media.reject', () => ({ state: 'rejected', reason }));

function decide(
  node: LedgerNode,
  by: Principal,
  id: string,
  operation: 'media.approve' | 'media.reject',
  take: (lending: Lending) => Pick<Lending, 'state' | 'reason'>,
): Promise<Lending> {
  return node.store.transact((tx) => {
    const lending = tx.lending(id);
    if (!lending) throw new RenkeiError('not_found');
    if (lending.state !== 'requested') throw new RenkeiError('state_conflict');
    if (lending.requestedBy === by.id) {
      throw new RenkeiError('approval_by_same_person', {
        ja: '貸出しを申請した職員とは別の職員が決定しなければなりません',
        en: 'Somebody else than who asked for it must decide',
      });
    }
    const change = { ...take(lending), decidedBy: by.id, decidedAt: node.clock.now() };
    tx.changeLending(id, change);
    tx.note(done(node, by, operation, aboutLending(lending)));
    return { ...lending, ...change };
  });
}

/** What the operation log tells of a lending. */
export const aboutLending = ({ medium, information }: Lending) => ({
  subject: medium,
  information,
});

function mustBeInStore(reads: AgencyReads, number: string): void {
  const medium = reads.medium(number);
  if (!medium) throw new RenkeiError('not_found');
  const words = () => {
    if (medium.retiredAt !== undefined) return ['廃棄した媒体です', 'It is retired'] as const;
    if (reads.openLending(number))
      return [
        'ほかの職員が申請中か、貸出し中の媒体です',
        'It is asked for by somebody, or lent',
      ] as const;
    return medium.holdsData
      ? (['データが残っている媒体です', 'It came back with data on it'] as const)
      : undefined;
  };
  const why = words();
  if (why) throw new RenkeiError('state_conflict', { ja: why[0], en: why[1] });
}

/** A kind of information that this agency has nothing of is a slip of the pen. */
function mustBeHeld(
  { layouts, store }: LedgerNode & Pick<AgencyNode, 'layouts'>,
  information: string,
): void {
  if (layouts.all.some((form) => form.information === information)) return;
  if (store.read.kindsHeld().includes(information)) return;
  throw new RenkeiError('message_malformed', {
    ja: 'この機関が副本を持たない種類の情報です',
    en: 'This agency holds no copies of this kind of information',
  });
}

function sameAgain(known: Lending, by: Principal, entry: LendingEntry): Lending {
  const { medium, information, purpose, until } = known;
  const same =
    medium === entry.medium &&
    information === entry.information &&
    purpose === entry.purpose &&
    until === entry.until;
  if (same && known.requestedBy === by.id) return known;
  throw new RenkeiError('state_conflict', {
    ja: 'この id の申請はすでにあり、内容が違います',
    en: 'There is a request with this id, and it says something else',
  });
}

const dayOver = () =>
  new RenkeiError('message_malformed', {
    ja: '貸出しの最終日が過ぎた日です',
    en: 'Its last day is over',
  });
