import { RenkeiError } from '../../../protocol/errors.ts';
import { goOn } from '../inquire.ts';
import type { AgencyNode } from '../node.ts';
import type { Inquiry } from '../ports.ts';

/**
 * Sends an inquiry that was approved at a terminal, or goes on with it where it stopped. Whoever comes second, and
 * whoever comes when it has an end, only sees how far it is: it is asked once.
 * @throws RenkeiError what `inquire` throws; the inquiry stays open
 */
export async function resume(node: AgencyNode, inquiry: Inquiry): Promise<Inquiry> {
  const now = node.store.read.inquiry(inquiry.id) ?? inquiry;
  const sendable = now.state === 'approved' || now.state === 'open';
  if (!sendable || now.approver === undefined || node.asking.has(now.id)) return now;
  return await goOn(node, now);
}

/** Sends what was approved and not sent, or was cut short: a node that ended in between owes it to nobody’s asking. */
export async function resumeApproved(node: AgencyNode): Promise<void> {
  const owed = node.store.read
    .inquiriesIn(['approved', 'open'])
    // What failed has a code, and waits for somebody to try it again.
    .filter(({ approver, code }) => approver !== undefined && code === undefined);
  for (const inquiry of owed) {
    try {
      await resume(node, inquiry);
    } catch (error) {
      if (!(error instanceof RenkeiError)) throw error;
    }
  }
}
