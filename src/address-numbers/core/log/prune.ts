import { overBefore } from '../../../protocol/log/keep-period.ts';
import type { NodeClient } from '../ports.ts';
import type { AddressNumbers } from '../system.ts';

/** So many in one transaction: others get their turn in between. */
const AT_ONCE = 500;

/**
 * Deletes lines of the access log whose time is over, from its beginning up to the first that is not, or that a legal
 * hold at the agency’s node is about. The node also tells the newest time that the gateway vouched for: without a
 * node that answers, nothing goes. How many went is a line of the log.
 * @throws RenkeiError provider_unavailable
 */
export async function pruneLog({
  store,
  clock,
  keepMonths,
  node,
}: Pick<AddressNumbers, 'store' | 'clock' | 'keepMonths'> & {
  readonly node: Pick<NodeClient, 'held'>;
}): Promise<void> {
  const oldest = store.read.oldestAccess();
  if (oldest === undefined || oldest >= overBefore(clock.now(), keepMonths)) return;
  const { vouched, holds } = await node.held();
  const before = overBefore(Math.min(clock.now(), vouched ?? 0), keepMonths);
  for (let count = AT_ONCE; count === AT_ONCE; ) {
    count = await store.transact((tx) => {
      const dropped = tx.dropAccesses(before, holds, AT_ONCE);
      const line = { actorKind: 'system', actor: 'renkei', operation: 'log.prune' } as const;
      if (dropped > 0) tx.noteAccess({ at: clock.now(), ...line, outcome: 'done', count: dropped });
      return dropped;
    });
  }
}
