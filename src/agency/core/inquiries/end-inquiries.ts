import type { AgencyNode } from '../node.ts';
import { personOf } from '../obtain-permit.ts';
import type { AgencyTx, Inquiry } from '../ports.ts';
import { keepUntil } from './keep-until.ts';

/** So many in one transaction: others get their turn in between. */
const AT_ONCE = 500;

/**
 * Ends what nobody ended, and deletes what has been kept for its time: inquiries that were broken off
 * lapse with their secrets, and of every ended one all that came of it is erased when its time is over. Each
 * deletion is on record, written in its transaction.
 */
export async function endInquiries(node: AgencyNode): Promise<void> {
  const now = node.clock.now();
  const sent = now - node.settings.inquiryKeepSeconds * 1000;
  const asked = now - node.settings.approvalSeconds * 1000;
  await inBatches(node, 'inquiries.lapse', (tx) => {
    const found = tx.inquiriesToLapse(sent, asked, AT_ONCE);
    for (const inquiry of found) lapse(node, tx, inquiry);
    return found.length;
  });
  await inBatches(node, 'inquiries.delete', (tx) => {
    const found = tx.inquiriesToErase(now, AT_ONCE);
    for (const inquiry of found) erase(node, tx, inquiry);
    return found.length;
  });
}

function lapse(node: AgencyNode, tx: AgencyTx, { id, state }: Inquiry): void {
  tx.changeInquiry(id, {
    state: 'lapsed',
    secret: undefined,
    deleteAt: keepUntil(node),
    ...(state === 'requested' && { code: 'approval_required' }),
  });
}

function erase(node: AgencyNode, tx: AgencyTx, inquiry: Inquiry): void {
  const { id, exchange, subject, provider, requestedAt } = inquiry;
  tx.eraseInquiry(id, node.clock.now());
  // What never reached the gateway was no exchange.
  if (exchange === undefined) return;
  tx.record({
    kind: 'result_deleted',
    at: node.clock.now(),
    exchange,
    ...(subject ?? { inquirer: node.code, provider, information: inquiry.information }),
    ...(requestedAt !== undefined && { requestedAt }),
    ...personOf(node, inquiry),
  });
}

async function inBatches(
  node: AgencyNode,
  operation: string,
  work: (tx: AgencyTx) => number,
): Promise<void> {
  for (let count = AT_ONCE; count === AT_ONCE; ) {
    count = await node.store.transact((tx) => {
      const worked = work(tx);
      const at = node.clock.now();
      const line = { actorKind: 'system', actor: 'node', operation, outcome: 'done' } as const;
      if (worked > 0) tx.note({ at, ...line, count: worked });
      return worked;
    });
  }
}
