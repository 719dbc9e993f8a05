import type { AgencyNode } from '../node.ts';
import type { StaffMember } from '../principal.ts';
import { servesAffair } from '../staff/authority.ts';
import { done } from '../staff/operations.ts';
import { findReview, type Shown } from './content.ts';
import { PENDING, type Review } from './ports.ts';
import { aboutReview, staffRecord } from './staff-record.ts';

/** The queue: what waits for people of their affairs, by due date. That it was looked at is in the operation log. */
export async function listReviews(node: AgencyNode, by: StaffMember): Promise<readonly Review[]> {
  return await node.store.transact((tx) => {
    const affairOf = ({ exchange }: Review) => tx.provision(exchange)?.subject.affair;
    const reviews = tx
      .reviews(PENDING)
      .filter((each) => servesAffair(by.authority, affairOf(each)));
    tx.note(done(node, by, 'reviews.show', { count: reviews.length }));
    return reviews;
  });
}

/**
 * Shows what would be sent, before each step. Whoever saw the content is on record before they see it.
 * @throws RenkeiError not_found, storage_full
 */
export async function showReview(
  node: AgencyNode,
  by: StaffMember,
  exchange: string,
): Promise<Shown> {
  return await node.store.transact((tx) => {
    const shown = findReview(node, tx, exchange, by);
    const { provision, review, content } = shown;
    if (content) tx.record(staffRecord(node, 'content_shown', provision, by));
    tx.note(done(node, by, 'reviews.show', aboutReview(review, provision)));
    return shown;
  });
}
