import { RenkeiError } from '../../../protocol/errors.ts';
import { answerRecord, type MadeAnswer, signAnswer } from '../make-answer.ts';
import type { AgencyNode } from '../node.ts';
import { sendOutgoing } from '../outgoing.ts';
import type { AgencyTx } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { currentDirectory } from '../refresh-directory.ts';
import { done } from '../staff/operations.ts';
import { contentDigest, findReview, type Shown, sameAsShown, sealNote } from './content.ts';
import { PENDING, type Review } from './ports.ts';
import type { Why } from './return.ts';
import { aboutReview, staffRecord } from './staff-record.ts';

/**
 * Another member of staff approves, and the answer is sent: what the reviewer saw and what was shown to
 * the approver again, or nothing.
 * @param seen what came with the content when it was shown
 * @throws RenkeiError not_found, approval_required (not reviewed yet), approval_by_same_person, state_conflict
 */
export async function approve(
  node: AgencyNode,
  by: StaffMember,
  exchange: string,
  seen: string,
): Promise<Review> {
  const shown = findReview(node, node.store.read, exchange, by);
  const { review, provision, content } = shown;
  mayConclude(review, by);
  // Days may have passed since the permit: who has been suspended meanwhile gets nothing.
  await currentDirectory(node, provision.subject.inquirer);
  if (node.directory.find(provision.subject.inquirer)?.suspended) {
    throw new RenkeiError('agency_suspended');
  }
  const made = await signAnswer(node, provision, content ? 'provided' : 'no_record', content);
  return await conclude(node, by, exchange, made, (now, digest) => {
    sameAsShown(by, now, seen);
    if (digest !== now.review.seen || digest !== contentDigest(content)) throw changedSince();
    return { state: 'approved' };
  });
}

/** Another member of staff declines: the inquirer gets a signed refusal, and never hears why. */
export async function decline(
  node: AgencyNode,
  by: StaffMember,
  exchange: string,
  { reason, note }: Why,
): Promise<Review> {
  const { review, provision } = findReview(node, node.store.read, exchange, by);
  mayConclude(review, by);
  const told = review.restricted ? 'restricted' : 'review_declined';
  const made = await signAnswer(node, provision, 'refused', undefined, told);
  return await conclude(node, by, exchange, made, () => ({
    state: 'declined',
    reason,
    note: sealNote(node, exchange, note),
  }));
}

async function conclude(
  node: AgencyNode,
  by: StaffMember,
  exchange: string,
  made: MadeAnswer,
  end: (now: Shown, digest: string) => Partial<Review> & { state: 'approved' | 'declined' },
): Promise<Review> {
  const concluded = await node.store.transact((tx) => {
    const now = findReview(node, tx, exchange, by);
    mayConclude(now.review, by);
    const change = { ...end(now, contentDigest(now.content)), approver: by.id };
    const operation = change.state === 'approved' ? 'reviews.approve' : 'reviews.decline';
    tx.note(done(node, by, operation, aboutReview(now.review, now.provision)));
    tx.record(staffRecord(node, change.state, now.provision, by));
    return endReview(node, tx, now, made, change);
  });
  node.background(sendOutgoing(node));
  return concluded;
}

/** Ends a review with its answer, in the transaction of whatever ended it. What was entered by hand is erased. */
export function endReview(
  node: AgencyNode,
  tx: AgencyTx,
  { review, provision }: Shown,
  made: MadeAnswer,
  change: Partial<Review> & Pick<Review, 'state'>,
): Review {
  const ended = { ...change, entered: undefined, decidedAt: node.clock.now() };
  tx.changeReview(review.exchange, ended);
  tx.changeAnswer(review.exchange, made.message, made.sealed);
  tx.addOutgoing({ exchange: review.exchange, answer: made.message, sealed: made.sealed });
  tx.record(answerRecord(node, provision, made, review.restricted));
  return { ...review, ...ended };
}

function mayConclude(review: Review, by: StaffMember): void {
  if (!PENDING.includes(review.state)) throw new RenkeiError('state_conflict');
  if (review.state !== 'reviewed') throw new RenkeiError('approval_required');
  // Two different people, whatever their roles (invariant 7); three where it was entered by hand.
  if (review.reviewer === by.id) throw new RenkeiError('approval_by_same_person');
  if (review.enteredBy === by.id) {
    throw new RenkeiError('approval_by_same_person', {
      ja: '入力した職員とは別の職員が承認しなければなりません',
      en: 'Somebody else than who entered it must approve it',
    });
  }
}

const changedSince = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: '確認後に内容が変わりました。もう一度確認してください',
    en: 'The content has changed since it was reviewed: review it again',
  });
