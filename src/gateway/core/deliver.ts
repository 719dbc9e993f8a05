import { numericDate } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { KnownFacts } from '../../protocol/log/shown.ts';
import { claimsOf, openMessage, signMessage } from '../../protocol/message.ts';
import { answer } from '../../protocol/messages/answer.ts';
import { delivery } from '../../protocol/messages/delivery.ts';
import { subjectOf } from '../../protocol/messages/permit.ts';
import { receipt } from '../../protocol/messages/receipt.ts';
import { answerFacts } from './answer.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayTx, KeptAnswer, SealedReply } from './ports.ts';

/** A kept answer as it goes to its inquirer. */
export async function deliveryOf(
  gateway: Gateway,
  inquirer: string,
  kept: KeptAnswer,
): Promise<SealedReply> {
  const shown = gateway.proofs.show(inquirer, {
    exchange: kept.exchange,
    statement: sha256(kept.answer),
  });
  const message = await signMessage(
    delivery,
    {
      iss: GATEWAY,
      aud: inquirer,
      jti: gateway.newId(),
      iat: numericDate(gateway.clock.now()),
      exchange: kept.exchange,
      answer: kept.answer,
    },
    gateway.signer,
  );
  return { message, ...(kept.sealed !== undefined && { sealed: kept.sealed }), proof: await shown };
}

/**
 * Tries once to deliver; if the inquirer’s node is down or refuses, the answer stays kept until it collects.
 * Never rejects for what the other side does.
 */
export async function deliver(gateway: Gateway, inquirer: string, kept: KeptAnswer): Promise<void> {
  const ids = [kept.exchange];
  try {
    gateway.observe({ kind: 'delivery', from: GATEWAY, to: inquirer, ids });
    const { message, proof } = await gateway.nodes.deliver(
      inquirer,
      await deliveryOf(gateway, inquirer, kept),
    );
    const shown = gateway.proofs.take(proof);
    const { claims } = await openMessage(receipt, message, {
      audience: GATEWAY,
      issuer: inquirer,
      keyOf: (...key) => gateway.agencies.verifier(...key),
    });
    if (claims.exchange !== kept.exchange || claims.answer !== sha256(kept.answer)) {
      throw new RenkeiError('permit_mismatch');
    }
    await shown.proves(inquirer, factsOf(gateway, kept));
    await gateway.store.transact((tx) => delivered(gateway, tx, inquirer, kept.exchange));
  } catch (error) {
    if (!(error instanceof RenkeiError)) throw error;
    gateway.observe({
      kind: 'delivery-kept',
      from: GATEWAY,
      to: inquirer,
      ids,
      outcome: error.code,
    });
  }
}

/** What the inquirer’s record of a kept answer says. What is kept was verified when it came. */
function factsOf(gateway: Gateway, { exchange: id, answer: token }: KeptAnswer): KnownFacts {
  const exchange = gateway.store.read.exchange(id);
  if (!exchange) throw new RenkeiError('permit_mismatch');
  return answerFacts(exchange, claimsOf(answer, token), sha256(token));
}

/** Forgets an answer that its inquirer has, and records that it was delivered. */
export function delivered(gateway: Gateway, tx: GatewayTx, inquirer: string, id: string): void {
  const exchange = tx.exchange(id);
  if (!exchange || exchange.inquirer !== inquirer || !tx.drop(inquirer, id)) return;
  tx.record({
    kind: 'delivered',
    at: gateway.clock.now(),
    exchange: id,
    ...subjectOf(exchange),
    requestedAt: exchange.requestedAt,
    person: exchange.person,
  });
}
