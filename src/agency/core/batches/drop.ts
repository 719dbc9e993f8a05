import type { AgencyNode } from '../node.ts';

/** Rows removed at once, so that others get in between. */
const PAGE = 2000;

/** Removes a batch with its rows. Its inquiries stay: they are like any others. */
export async function dropBatch(node: Pick<AgencyNode, 'store'>, id: string): Promise<void> {
  while (!(await node.store.transact((tx) => tx.dropBatch(id, PAGE))));
}

/** Files that were coming in when the process ended: nothing of them was accepted. */
export async function dropUnchecked(node: Pick<AgencyNode, 'store'>): Promise<void> {
  for (const { id } of node.store.read.batchesIn(['checking'])) await dropBatch(node, id);
}

/** Batches that ended longer ago than any of their inquiries can still be open, or that nobody ever approved. */
export async function dropOld(
  node: Pick<AgencyNode, 'store' | 'clock' | 'settings'>,
): Promise<void> {
  const before = node.clock.now() - node.settings.inquiryKeepSeconds * 1000;
  const ended = node.store.read.batchesIn(['awaiting_approval', 'declined', 'stopped', 'finished']);
  for (const { id, endedAt, createdAt } of ended) {
    if ((endedAt ?? createdAt) < before) await dropBatch(node, id);
  }
}
