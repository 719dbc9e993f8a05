import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import { copyWithin } from './copy-within.ts';
import { answerRecord, type MadeAnswer, signAnswer } from './make-answer.ts';
import type { AgencyNode, Principal } from './node.ts';
import { sendOutgoing } from './outgoing.ts';
import type { AgencyReads, Copy, Provision, Review } from './ports.ts';
import { currentDirectory } from './refresh-directory.ts';

/** A review with what it would send, shown before each step. */
export interface ReviewView {
  readonly review: Review;
  readonly provision: Provision;
  readonly copy: Copy | undefined;
}

/** @throws RenkeiError not_found */
export function showReview(node: AgencyNode, exchange: string): ReviewView {
  const review = node.store.read.review(exchange);
  const provision = node.store.read.provision(exchange);
  if (!review || !provision) throw new RenkeiError('not_found');
  return { review, provision, copy: copyFor(node.store.read, review, provision) };
}

/** Only what lies within the period that was asked for is shown, and sent. */
const copyFor = (reads: AgencyReads, review: Review, { subject }: Provision): Copy | undefined =>
  copyWithin(reads.copy(review.integratedAddressNumber, subject.information), subject.period);

/** One member of staff has looked at the content and found that it may be sent. */
export async function review(node: AgencyNode, by: Principal, exchange: string): Promise<Review> {
  const { copy } = showReview(node, exchange);
  return await node.store.transact((tx) => {
    const now = tx.review(exchange);
    if (now?.state !== 'waiting' && now?.state !== 'reviewed')
      throw new RenkeiError('state_conflict');
    const change = { state: 'reviewed', reviewer: by.id, seen: contentDigest(copy) } as const;
    tx.changeReview(exchange, change);
    tx.record(staffRecord(node, 'reviewed', tx.provision(exchange), by));
    return { ...now, ...change };
  });
}

/**
 * Another member of staff approves, and the answer is sent: what the reviewer saw, or nothing.
 * @throws RenkeiError approval_required (not reviewed yet), approval_by_same_person, state_conflict
 */
export async function approve(node: AgencyNode, by: Principal, exchange: string): Promise<Review> {
  const { copy, provision: asked } = showReview(node, exchange);
  // Days may have passed since the permit: who has been suspended meanwhile gets nothing.
  await currentDirectory(node, asked.subject.inquirer);
  if (node.directory.find(asked.subject.inquirer)?.suspended) {
    throw new RenkeiError('agency_suspended');
  }
  return await conclude(node, by, exchange, 'approved', (provision) =>
    signAnswer(node, provision, copy ? 'provided' : 'no_record', copy),
  );
}

/** Another member of staff declines: the inquirer gets a signed refusal. */
export function decline(node: AgencyNode, by: Principal, exchange: string): Promise<Review> {
  const { review: waiting } = showReview(node, exchange);
  const reason = waiting.restricted ? 'restricted' : 'review_declined';
  return conclude(node, by, exchange, 'declined', (provision) =>
    signAnswer(node, provision, 'refused', undefined, reason),
  );
}

async function conclude(
  node: AgencyNode,
  by: Principal,
  exchange: string,
  state: 'approved' | 'declined',
  make: (provision: Provision) => Promise<MadeAnswer>,
): Promise<Review> {
  const { provision, review: waiting, copy } = showReview(node, exchange);
  mayConclude(waiting, by);
  const made = await make(provision);
  const concluded = await node.store.transact((tx) => {
    const now = tx.review(exchange);
    mayConclude(now, by);
    const current = copyFor(tx, now, provision);
    const same = contentDigest(current) === now.seen && contentDigest(copy) === now.seen;
    if (state === 'approved' && !same) {
      throw new RenkeiError('state_conflict', {
        ja: '確認後に副本が変わりました。もう一度確認してください',
        en: 'The copy has changed since it was reviewed: review it again',
      });
    }
    const change = { state, approver: by.id, decidedAt: node.clock.now() } as const;
    tx.changeReview(exchange, change);
    tx.changeAnswer(exchange, made.message, made.sealed);
    tx.addOutgoing({ exchange, answer: made.message, sealed: made.sealed });
    tx.record(staffRecord(node, state, provision, by));
    tx.record(answerRecord(node, provision, made, now.restricted));
    return { ...now, ...change };
  });
  node.background(sendOutgoing(node));
  return concluded;
}

function mayConclude(review: Review | undefined, by: Principal): asserts review is Review {
  if (!review) throw new RenkeiError('not_found');
  if (review.state === 'waiting') throw new RenkeiError('approval_required');
  if (review.state !== 'reviewed') throw new RenkeiError('state_conflict');
  // Two different people, whatever their roles (invariant 7).
  if (review.reviewer === by.id) throw new RenkeiError('approval_by_same_person');
}

/** What the reviewer saw, flags included: a copy that was restricted since is looked at again. */
const contentDigest = (copy: Copy | undefined): string =>
  sha256(
    canonicalJson(
      copy
        ? [copy.layoutVersion, copy.records, copy.autoResponseDisabled, copy.nonDisclosable]
        : [],
    ),
  );

const staffRecord = (
  node: AgencyNode,
  kind: 'reviewed' | 'approved' | 'declined',
  provision: Provision | undefined,
  by: Principal,
): ProvisionRecord => ({
  kind,
  at: node.clock.now(),
  ...(provision && {
    exchange: provision.exchange,
    ...provision.subject,
    requestedAt: provision.permittedAt,
    person: provision.person,
  }),
  staff: by.id,
});
