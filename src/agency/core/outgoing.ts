import { sha256 } from '../../protocol/digest.ts';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { receipt } from '../../protocol/messages/receipt.ts';
import type { AgencyNode } from './node.ts';
import type { Outgoing } from './ports.ts';
import { fromGateway } from './receive.ts';

/** The gateway will never take this answer: it has another one, or knows no such exchange. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['permit_already_used', 'permit_mismatch']);

/** Sends each answer that waits to go to the gateway; what does not get its receipt stays for the next time. */
export async function sendOutgoing(node: AgencyNode): Promise<void> {
  for (const outgoing of node.store.read.outgoing()) {
    try {
      await send(node, outgoing);
    } catch (error) {
      if (!(error instanceof RenkeiError)) throw error;
      if (FINAL.has(error.code)) await giveUp(node, outgoing, error.code);
      const ids = [outgoing.exchange];
      node.observe({
        kind: 'provide-kept',
        from: node.code,
        to: GATEWAY,
        ids,
        outcome: error.code,
      });
    }
  }
}

async function send(node: AgencyNode, { exchange, answer, sealed }: Outgoing): Promise<void> {
  node.observe({ kind: 'provide', from: node.code, to: GATEWAY, ids: [exchange] });
  const { message } = await node.gateway.provide({ message: answer, sealed });
  const { claims } = await fromGateway(node, receipt, message);
  if (claims.exchange !== exchange || claims.answer !== sha256(answer)) {
    throw new RenkeiError('permit_mismatch');
  }
  await node.store.transact((tx) => tx.dropOutgoing(exchange));
}

async function giveUp(node: AgencyNode, { exchange }: Outgoing, code: ErrorCode): Promise<void> {
  const provision = node.store.read.provision(exchange);
  await node.store.transact((tx) => {
    tx.dropOutgoing(exchange);
    tx.record({
      kind: 'message_refused',
      at: node.clock.now(),
      exchange,
      ...(provision && { ...provision.subject, person: provision.person }),
      code,
    });
  });
}
