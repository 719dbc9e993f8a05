import { signAnswer } from '../make-answer.ts';
import type { AgencyNode } from '../node.ts';
import { endReview } from './conclude.ts';
import { findReview } from './content.ts';
import { PENDING } from './ports.ts';
import { staffRecord } from './staff-record.ts';

/**
 * Ends requests that nobody decided on in time, so that none waits for ever: the inquirer gets a signed refusal
 * that says just this (decisions/0023), and may ask again. Nothing is told of whether a copy was restricted.
 */
export async function lapseReviews(node: AgencyNode): Promise<void> {
  const before = node.clock.now() - node.settings.reviews.lapseSeconds * 1000;
  for (const { exchange, createdAt } of node.store.read.reviews(PENDING)) {
    if (createdAt > before) continue;
    const { provision } = findReview(node, node.store.read, exchange);
    const made = await signAnswer(node, provision, 'refused', undefined, 'review_lapsed');
    await node.store.transact((tx) => {
      const now = findReview(node, tx, exchange);
      // Somebody may have decided meanwhile.
      if (!PENDING.includes(now.review.state)) return;
      tx.record(staffRecord(node, 'review_lapsed', now.provision, undefined));
      endReview(node, tx, now, made, { state: 'lapsed' });
    });
  }
}
