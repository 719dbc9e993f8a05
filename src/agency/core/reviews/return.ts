import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { StaffMember } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { findReview, sealNote } from './content.ts';
import type { Review, ReviewReason } from './ports.ts';
import { aboutReview, staffRecord } from './staff-record.ts';

/** Why, and words about it. Neither leaves the node; the words are kept sealed and are in no record and no log. */
export interface Why {
  readonly reason: ReviewReason;
  readonly note?: string | undefined;
}

/**
 * A supervisor gives a request back to be reviewed again: nothing is decided by that.
 * @throws RenkeiError not_found, state_conflict (it has not been reviewed)
 */
export async function returnReview(
  node: AgencyNode,
  by: StaffMember,
  exchange: string,
  { reason, note }: Why,
): Promise<Review> {
  return await node.store.transact((tx) => {
    const { review: now, provision } = findReview(node, tx, exchange, by);
    if (now.state !== 'reviewed') throw new RenkeiError('state_conflict');
    const change = {
      state: 'returned',
      returnedBy: by.id,
      reason,
      note: sealNote(node, exchange, note),
    } as const;
    tx.changeReview(exchange, change);
    tx.record(staffRecord(node, 'returned', provision, by));
    tx.note(done(node, by, 'reviews.return', aboutReview(now, provision)));
    return { ...now, ...change };
  });
}
