import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyReads } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { today } from '../today.ts';
import type { LedgerNode } from './keep-ledger.ts';
import { aboutLending } from './lend.ts';
import type { Lending } from './ports.ts';
import { isOverdue } from './standing.ts';

const MOST_FILES = 100;

/**
 * The lending by which somebody writes a file to a medium now: their own, approved, until its last day.
 * @throws RenkeiError not_found, not_authorised (it is another’s), approval_required, state_conflict
 */
export function lendingToWrite(
  node: LedgerNode,
  reads: AgencyReads,
  by: Principal,
  id: string,
): Lending {
  const lending = reads.lending(id);
  if (!lending) throw new RenkeiError('not_found');
  if (lending.requestedBy !== by.id) {
    throw new RenkeiError('not_authorised', {
      ja: 'ほかの職員が借りた媒体です',
      en: 'Somebody else has borrowed it',
    });
  }
  if (lending.state === 'requested') throw new RenkeiError('approval_required');
  if (lending.state !== 'lent') throw new RenkeiError('state_conflict');
  if (isOverdue(lending, today(node))) {
    throw new RenkeiError('state_conflict', {
      ja: '貸出しの期限が過ぎています。媒体を返却してください',
      en: 'Its last day is over: give it back',
    });
  }
  if (lending.files.length < MOST_FILES) return lending;
  throw new RenkeiError('state_conflict', {
    ja: `一度の貸出しで書き出せるのは ${MOST_FILES} ファイルまでです`,
    en: `At most ${MOST_FILES} files are written in one lending`,
  });
}

/** Puts on record that a file leaves, before its first byte does. @throws as `lendingToWrite` */
export const recordFile = (
  node: LedgerNode,
  by: Principal,
  id: string,
  recipients: readonly string[],
): Promise<Lending> =>
  node.store.transact((tx) => {
    const lending = lendingToWrite(node, tx, by, id);
    const files = [...lending.files, { at: node.clock.now(), recipients }];
    tx.changeLending(id, { files });
    tx.note(done(node, by, 'media.write', aboutLending(lending)));
    return { ...lending, files };
  });
