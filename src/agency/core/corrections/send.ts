import { sha256 } from '../../../protocol/digest.ts';
import { type ErrorCode, RenkeiError } from '../../../protocol/errors.ts';
import { GATEWAY } from '../../../protocol/identifiers.ts';
import { claimsOf } from '../../../protocol/message.ts';
import { correction, correctionFacts } from '../../../protocol/messages/correction.ts';
import { receipt } from '../../../protocol/messages/receipt.ts';
import type { AgencyNode } from '../node.ts';
import { fromGateway } from '../receive.ts';
import type { OwnCorrection } from './ports.ts';

/** Sends each correction that waits to the gateway; what does not get its receipt stays for the next time. */
export async function sendCorrections(node: AgencyNode): Promise<void> {
  for (const waiting of node.store.read.untoldCorrections()) {
    const { exchange, message } = waiting;
    try {
      if (message !== undefined) await send(node, waiting, message);
    } catch (error) {
      if (!(error instanceof RenkeiError)) throw error;
      // The gateway will never take it: it knows no such record, or no such request of this agency’s.
      if (error.code === 'permit_mismatch') await giveUp(node, waiting, error.code);
      const [from, outcome] = [node.code, error.code];
      node.observe({ kind: 'correction-kept', from, to: GATEWAY, ids: [exchange], outcome });
    }
  }
}

async function send(node: AgencyNode, { id, exchange }: OwnCorrection, token: string) {
  const statement = sha256(token);
  node.observe({ kind: 'correction', from: node.code, to: GATEWAY, ids: [exchange] });
  const own = await node.proofs.show(GATEWAY, { exchange, statement });
  const { message, proof } = await node.gateway.correct({ message: token, proof: own });
  const shown = node.proofs.take(proof);
  const { claims } = await fromGateway(node, receipt, message);
  if (claims.exchange !== exchange || claims.answer !== statement) {
    throw new RenkeiError('permit_mismatch');
  }
  await shown.proves(GATEWAY, correctionFacts(claimsOf(correction, token), statement));
  await node.store.transact((tx) => tx.changeCorrection(id, { told: true }));
}

/** Nothing more is sent; that it was refused is on record. */
async function giveUp(node: AgencyNode, it: OwnCorrection, code: ErrorCode): Promise<void> {
  const { id, exchange, inquirer, provider } = it;
  await node.store.transact((tx) => {
    tx.changeCorrection(id, { message: undefined });
    tx.record({
      ...{ kind: 'message_refused', at: node.clock.now(), exchange, inquirer, provider, code },
    });
  });
}
