import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { StaffMember } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { contentDigest, findReview, sameAsShown } from './content.ts';
import { PENDING, type Review } from './ports.ts';
import { aboutReview, staffRecord } from './staff-record.ts';

/**
 * One member of staff has looked at the content and found that it may be sent. What was entered by hand
 * is looked at by somebody else than who entered it.
 * @param seen what came with the content when it was shown
 * @throws RenkeiError not_found, state_conflict, approval_by_same_person
 */
export async function review(
  node: AgencyNode,
  by: StaffMember,
  exchange: string,
  seen: string,
): Promise<Review> {
  return await node.store.transact((tx) => {
    const shown = findReview(node, tx, exchange, by);
    const { review: now, provision, content } = shown;
    if (!PENDING.includes(now.state)) throw new RenkeiError('state_conflict');
    if (now.kind === 'manual' && !now.entered) throw nothingEntered();
    if (now.enteredBy === by.id) throw enteredBySame();
    sameAsShown(by, shown, seen);
    const change = {
      state: 'reviewed',
      reviewer: by.id,
      seen: contentDigest(content),
    } as const;
    tx.changeReview(exchange, change);
    tx.record(staffRecord(node, 'reviewed', provision, by));
    tx.note(done(node, by, 'reviews.review', aboutReview(now, provision)));
    return { ...now, ...change };
  });
}

const nothingEntered = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: '手作業で提供する内容がまだ入力されていません',
    en: 'Nothing has been entered yet for this provision by hand',
    hint: {
      ja: '先に内容を入力してください。記録がないときは空の records を入力します',
      en: 'Enter the records first; where there are none, enter an empty list',
    },
  });

const enteredBySame = (): RenkeiError =>
  new RenkeiError('approval_by_same_person', {
    ja: '入力した職員とは別の職員が確認しなければなりません',
    en: 'Somebody else than who entered it must review it',
  });
