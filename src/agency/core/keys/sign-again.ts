import { sha256 } from '../../../protocol/digest.ts';
import { claimsOf, kidOf, signMessage } from '../../../protocol/message.ts';
import { answer } from '../../../protocol/messages/answer.ts';
import type { AgencyNode } from '../node.ts';
import type { Provision, SealedReply } from '../ports.ts';

/**
 * An answer as it can be sent now: the bytes that were signed, unless their key has been revoked since. Then the
 * same answer is signed anew, and is on record as it is now.
 */
export async function sendable(node: AgencyNode, provision: Provision): Promise<SealedReply> {
  const { exchange, answer: message, sealed } = provision;
  if (!node.keys.isRevoked(kidOf(message))) return { message, sealed };
  const again = await signMessage(answer, claimsOf(answer, message), node.signer);
  return await node.store.transact((tx) => {
    const now = tx.provision(exchange);
    // Somebody else was quicker, or has decided meanwhile.
    if (now && now.answer !== message) return { message: now.answer, sealed: now.sealed };
    tx.changeAnswer(exchange, again, sealed);
    if (tx.outgoing().some((each) => each.exchange === exchange)) {
      tx.dropOutgoing(exchange);
      tx.addOutgoing({ exchange, answer: again, sealed });
    }
    const before = tx.recordsOf(exchange).findLast(({ kind }) => kind === 'answered');
    if (before) tx.record({ ...before, at: node.clock.now(), statement: sha256(again) });
    return { message: again, sealed };
  });
}
