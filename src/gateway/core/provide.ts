import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { openMessage, signMessage } from '../../protocol/message.ts';
import { answer } from '../../protocol/messages/answer.ts';
import { subjectOf } from '../../protocol/messages/permit.ts';
import { receipt } from '../../protocol/messages/receipt.ts';
import { answerFacts, answerRecord, checkAnswer, mustNotBeTold } from './answer.ts';
import { deliver } from './deliver.ts';
import type { Gateway } from './gateway.ts';
import type { Proven, SealedReply } from './ports.ts';
import { orRecordRefusal } from './receive.ts';

/**
 * Takes the later answer to a pending exchange, keeps it sealed, and delivers it to the inquirer. Sent again
 * after a lost reply, the same answer has no second effect and gets its receipt.
 * @returns a signed receipt
 * @throws RenkeiError permit_mismatch, state_conflict, record_unproven, log_inconsistent, and what `openMessage` throws
 */
export async function provide(gateway: Gateway, body: SealedReply): Promise<Proven> {
  const shown = gateway.proofs.take(body.proof);
  // No freshness here: an answer may wait for the gateway to come back. Its exchange moves on only once.
  const opened = await openMessage(answer, body.message, {
    audience: GATEWAY,
    keyOf: (...key) => gateway.agencies.verifier(...key),
  });
  const { claims, digest } = opened;
  const known = gateway.store.read.exchange(claims.exchange);
  const exchange = known?.provider === claims.iss ? known : undefined;
  const about = exchange
    ? { exchange: exchange.id, ...subjectOf(exchange) }
    : { provider: claims.iss };
  const taken = await orRecordRefusal(gateway, opened, about, async () => {
    if (!exchange) throw new RenkeiError('permit_mismatch');
    checkAnswer(gateway, exchange, claims, body.sealed);
    if (exchange.state === 'answered' && exchange.answerDigest === digest) return undefined;
    if (exchange.state === 'answered') throw new RenkeiError('permit_already_used');
    // `permitted` and asked: the provider let it wait, and its reply was lost on the way.
    const open = exchange.state === 'pending' || (exchange.state === 'permitted' && exchange.asked);
    if (!open || claims.outcome === 'pending') throw new RenkeiError('state_conflict');
    const record = await shown.proves(claims.iss, answerFacts(exchange, claims, digest));
    const nonDisclosable = mustNotBeTold(record);
    const kept = { exchange: exchange.id, answer: body.message, sealed: body.sealed };
    const keepUntil = gateway.clock.now() + gateway.settings.deliveryKeepSeconds * 1000;
    await gateway.store.transact((tx) => {
      tx.moveExchange(exchange.id, exchange.state, 'answered', digest);
      tx.keep(exchange.inquirer, kept, keepUntil);
      tx.record(answerRecord(gateway, exchange, { claims, digest, kept, nonDisclosable }));
    });
    return { inquirer: exchange.inquirer, kept };
  });
  const own = gateway.proofs.show(claims.iss, {
    exchange: claims.exchange,
    statement: digest,
  });
  const signed = await signMessage(
    receipt,
    {
      iss: GATEWAY,
      aud: claims.iss,
      jti: gateway.newId(),
      iat: Math.floor(gateway.clock.now() / 1000),
      exchange: claims.exchange,
      answer: digest,
    },
    gateway.signer,
  );
  const proof = await own;
  // Only now: signed side by side, which of the two leaves first would be chance (the same seed, the same order).
  if (taken) gateway.background(deliver(gateway, taken.inquirer, taken.kept));
  return { message: signed, proof };
}
