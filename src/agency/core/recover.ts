import { collectAnswers } from './collect.ts';
import type { AgencyNode } from './node.ts';
import { sendOutgoing } from './outgoing.ts';
import { refreshDirectory, restoreDirectory, tolerate } from './refresh-directory.ts';
import { refreshLists, restoreLists } from './refresh-lists.ts';

/**
 * After a start: take the copies of list and directory kept from before and refresh them, fetch the answers
 * that came meanwhile, send those that wait to go, and leave the rest to be asked again.
 */
export async function recover(node: AgencyNode): Promise<void> {
  await reload(node);
  await refreshDirectory(node).catch(tolerate);
  await refreshLists(node).catch(tolerate);
  if (node.store.read.inquiriesIn(['asking', 'permitted', 'pending', 'open']).length > 0) {
    await collectAnswers(node).catch(tolerate);
  }
  await node.store.transact((tx) => {
    for (const { id } of tx.inquiriesIn(['asking', 'permitted'])) {
      tx.changeInquiry(id, { state: 'open' });
    }
  });
  await sendOutgoing(node);
}

/** Takes the copies of list and directory kept from before, without asking anybody. */
export async function reload(node: AgencyNode): Promise<void> {
  await restoreDirectory(node);
  await restoreLists(node);
}

/** What is due: results past their time, replay entries, copies half-way to their expiry. */
export async function maintain(node: AgencyNode): Promise<void> {
  const now = node.clock.now();
  const lapse = now - node.settings.inquiryKeepSeconds * 1000;
  await node.store.transact((tx) => tx.sweep(now, lapse));
  if (node.directory.halfLife(now)) await refreshDirectory(node).catch(tolerate);
  if (node.lists.halfLife(now)) await refreshLists(node).catch(tolerate);
  await sendOutgoing(node);
}
