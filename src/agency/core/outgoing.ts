import { sha256 } from '../../protocol/digest.ts';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { KnownFacts } from '../../protocol/log/shown.ts';
import { claimsOf } from '../../protocol/message.ts';
import { answer } from '../../protocol/messages/answer.ts';
import { receipt } from '../../protocol/messages/receipt.ts';
import { sendable } from './keys/sign-again.ts';
import { answerFacts } from './make-answer.ts';
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

async function send(node: AgencyNode, waiting: Outgoing): Promise<void> {
  const { exchange } = waiting;
  const provision = node.store.read.provision(exchange);
  const { message: token, sealed } = provision
    ? await sendable(node, { ...provision, ...waiting })
    : { message: waiting.answer, sealed: waiting.sealed };
  node.observe({ kind: 'provide', from: node.code, to: GATEWAY, ids: [exchange] });
  const statement = sha256(token);
  const own = await node.proofs.show(GATEWAY, { exchange, statement });
  const { message, proof } = await node.gateway.provide({ message: token, sealed, proof: own });
  const shown = node.proofs.take(proof);
  const { claims } = await fromGateway(node, receipt, message);
  if (claims.exchange !== exchange || claims.answer !== statement) {
    throw new RenkeiError('permit_mismatch');
  }
  await shown.proves(GATEWAY, answeredFacts(node, exchange, token));
  await node.store.transact((tx) => tx.dropOutgoing(exchange));
}

/** What the gateway’s record of this answer says. */
function answeredFacts(node: AgencyNode, exchange: string, token: string): KnownFacts {
  const provision = node.store.read.provision(exchange);
  if (!provision) throw new RenkeiError('permit_mismatch');
  return answerFacts(provision, claimsOf(answer, token), sha256(token));
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
