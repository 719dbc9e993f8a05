import { dropOld, dropUnchecked } from './batches/drop.ts';
import { noteCounted } from './business-systems/refusals.ts';
import { collectAnswers } from './collect.ts';
import { finishImports } from './copies/imports/import-copies.ts';
import { sendCorrections } from './corrections/send.ts';
import { endInquiries } from './inquiries/end-inquiries.ts';
import { resumeApproved } from './inquiries/resume.ts';
import { maintainKeys, settleRotation } from './keys/settle-rotation.ts';
import type { AgencyNode } from './node.ts';
import { sendOutgoing } from './outgoing.ts';
import { refreshDirectory, restoreDirectory, tolerate } from './refresh-directory.ts';
import { refreshLists, restoreLists } from './refresh-lists.ts';
import { lapseReviews } from './reviews/lapse.ts';

/**
 * After a start: take the copies of list and directory kept from before and refresh them, finish the imports that
 * were accepted, fetch the answers
 * that came meanwhile, send those that wait to go, and leave the rest to be asked again.
 */
export async function recover(node: AgencyNode): Promise<void> {
  await reload(node);
  await finishImports(node).catch(tolerate);
  await refreshDirectory(node).catch(tolerate);
  // Before anything is signed: the gateway may know the new key only.
  await settleRotation(node).catch(tolerate);
  await refreshLists(node).catch(tolerate);
  if (node.store.read.inquiriesIn(['asking', 'permitted', 'pending', 'open']).length > 0) {
    await collectAnswers(node).catch(tolerate);
  }
  await node.store.transact((tx) => {
    for (const { id } of tx.inquiriesIn(['asking', 'permitted'])) {
      tx.changeInquiry(id, { state: 'open' });
    }
  });
  await dropUnchecked(node);
  await sendOutgoing(node);
  await sendCorrections(node);
}

/** Takes the copies of list and directory kept from before, without asking anybody. */
export async function reload(node: AgencyNode): Promise<void> {
  await restoreDirectory(node);
  await restoreLists(node);
}

/** What is due: results past their time, replay entries, copies half-way to their expiry, reviews. */
export async function maintain(node: AgencyNode): Promise<void> {
  const now = node.clock.now();
  await node.store.transact((tx) => tx.sweep(now));
  await endInquiries(node);
  node.background(resumeApproved(node));
  await noteCounted(node, now);
  await node.sessions.sweep();
  await dropOld(node);
  await finishImports(node).catch(tolerate);
  if (node.directory.halfLife(now)) await refreshDirectory(node).catch(tolerate);
  if (node.lists.halfLife(now)) await refreshLists(node).catch(tolerate);
  await maintainKeys(node);
  await lapseReviews(node);
  await sendOutgoing(node);
  await sendCorrections(node);
}
