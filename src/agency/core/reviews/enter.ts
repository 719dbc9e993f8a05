import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { StaffMember } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { checkEntry, type Entry } from './check-entry.ts';
import { findReview, sealEntered } from './content.ts';
import { PENDING, type Review } from './ports.ts';
import { aboutReview } from './staff-record.ts';

/**
 * Provision by hand: somebody writes down what the originals say, for this one exchange. It becomes no
 * copy. Entered anew, it is reviewed anew.
 * @throws RenkeiError not_found, state_conflict (it is about a copy, or has an end), message_malformed
 */
export async function enter(
  node: AgencyNode,
  by: StaffMember,
  exchange: string,
  entry: Entry,
): Promise<Review> {
  return await node.store.transact((tx) => {
    const { review: now, provision } = findReview(node, tx, exchange, by);
    if (now.kind !== 'manual' || !PENDING.includes(now.state)) {
      throw new RenkeiError('state_conflict');
    }
    checkEntry(node, provision.subject.information, entry);
    const change = {
      state: 'entered',
      entered: sealEntered(node, exchange, entry),
      enteredBy: by.id,
      reviewer: undefined,
      seen: undefined,
    } as const;
    tx.changeReview(exchange, change);
    const count = entry.records.length;
    tx.note(done(node, by, 'reviews.enter', { ...aboutReview(now, provision), count }));
    return { ...now, ...change };
  });
}
