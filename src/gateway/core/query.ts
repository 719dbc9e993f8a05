import { sha256 } from '../../protocol/digest.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { KnownFacts } from '../../protocol/log/shown.ts';
import { signMessage } from '../../protocol/message.ts';
import { subjectOf } from '../../protocol/messages/permit.ts';
import { provideRequest } from '../../protocol/messages/provide-request.ts';
import { query } from '../../protocol/messages/query.ts';
import { type Accepted, acceptAnswer, answerRecord } from './answer.ts';
import type { Gateway } from './gateway.ts';
import type { Exchange, Proven, SealedReply } from './ports.ts';
import { orRecordRefusal, receive, replayHorizon } from './receive.ts';

/**
 * Takes a query that presents a permit, asks the provider, records and relays its answer.
 * @throws RenkeiError permit_*, provider_unavailable, provider_timeout, list_copy_*, record_unproven,
 *   log_inconsistent, and what `receive` throws
 */
export async function relayQuery(gateway: Gateway, body: Proven): Promise<SealedReply> {
  const shown = gateway.proofs.take(body.proof);
  const opened = await receive(gateway, query, body.message);
  const { claims } = opened;
  const permitDigest = sha256(claims.permit);
  const known = gateway.store.read.exchangeByPermit(permitDigest);
  const about = known ? { exchange: known.id, ...subjectOf(known) } : { inquirer: claims.iss };
  const exchange = await orRecordRefusal(gateway, opened, about, async () => {
    if (known?.inquirer === claims.iss) await shown.proves(claims.iss, permittedFacts(known));
    return await gateway.store.transact((tx) => {
      tx.claim(claims.iss, claims.jti, replayHorizon(gateway, claims));
      const found = tx.exchangeByPermit(permitDigest);
      usable(found, claims.iss, gateway.clock.now() / 1000);
      if (gateway.agencies.find(found.provider)?.suspended) {
        throw new RenkeiError('agency_suspended');
      }
      tx.moveExchange(found.id, 'permitted', 'asking');
      gateway.asking.add(found.id);
      return found;
    });
  });
  try {
    return await ask(gateway, exchange);
  } catch (error) {
    await reopen(gateway, exchange, error);
    throw error;
  } finally {
    gateway.asking.delete(exchange.id);
  }
}

/** Any byte that differs from the permit as issued makes it another permit, one that was never issued. */
function usable(
  exchange: Exchange | undefined,
  presenter: string,
  now: number,
): asserts exchange is Exchange {
  if (!exchange || exchange.inquirer !== presenter) throw new RenkeiError('permit_mismatch');
  if (exchange.state !== 'permitted') {
    // Told to the inquirer alone, which may have missed the answer.
    throw new RenkeiError('permit_already_used', { extensions: { exchange: exchange.state } });
  }
  if (now < exchange.requestedAt) throw new RenkeiError('permit_not_yet_valid');
  // Asked in time and the reply lost: the provider answers the same again, or says that it never answered.
  if (now >= exchange.expiresAt && !exchange.asked) throw new RenkeiError('permit_expired');
}

/** What the inquirer’s record of the permit says. */
const permittedFacts = (exchange: Exchange): KnownFacts => ({
  kind: 'permitted',
  exchange: exchange.id,
  ...subjectOf(exchange),
  requestedAt: exchange.requestedAt,
  statement: exchange.permitDigest,
});

async function ask(gateway: Gateway, exchange: Exchange): Promise<SealedReply> {
  const on = { exchange: exchange.id, statement: exchange.permitDigest };
  // Asked for before anything is waited for: what is shown, and from where on, is no race’s to decide.
  const shown = gateway.proofs.show(exchange.provider, on);
  const message = await signMessage(
    provideRequest,
    await requestFor(gateway, exchange),
    gateway.signer,
  );
  const ids = [exchange.id];
  const { inquirer, provider, item } = exchange;
  gateway.observe({ kind: 'provide-request', from: GATEWAY, to: provider, ids, facts: { item } });
  const reply = await gateway.nodes.provide(provider, { message, proof: await shown });
  const accepted = await acceptAnswer(gateway, exchange, reply);
  await conclude(gateway, exchange, accepted);
  gateway.observe({
    kind: 'answer',
    from: GATEWAY,
    to: inquirer,
    ids,
    outcome: accepted.claims.outcome,
  });
  return {
    message: reply.message,
    sealed: reply.sealed,
    proof: await gateway.proofs.show(inquirer, {
      exchange: exchange.id,
      statement: accepted.digest,
    }),
  };
}

async function requestFor(gateway: Gateway, exchange: Exchange) {
  const person = gateway.store.read.codeOf(exchange.provider, exchange.person);
  if (person === undefined) throw new RenkeiError('provider_code_unknown');
  return {
    iss: GATEWAY,
    aud: exchange.provider,
    jti: gateway.newId(),
    iat: Math.floor(gateway.clock.now() / 1000),
    nbf: exchange.requestedAt,
    exp: exchange.expiresAt,
    permittedAt: exchange.requestedAt,
    exchange: exchange.id,
    ...subjectOf(exchange),
    person,
    oneTimeKey: exchange.oneTimeKey,
    route: { via: GATEWAY, to: exchange.inquirer },
  } as const;
}

/** Records the answer in the transaction in which the exchange moves on. */
async function conclude(gateway: Gateway, exchange: Exchange, accepted: Accepted): Promise<void> {
  const pending = accepted.claims.outcome === 'pending';
  const keepUntil = gateway.clock.now() + gateway.settings.answerKeepSeconds * 1000;
  await gateway.store.transact((tx) => {
    tx.moveExchange(exchange.id, 'asking', pending ? 'pending' : 'answered', accepted.digest);
    tx.record(answerRecord(gateway, exchange, accepted));
    if (!pending) tx.keep(exchange.inquirer, accepted.kept, keepUntil);
  });
}

/** A provider that is down is no denial: the exchange stays open and the attempt is recorded. */
async function reopen(gateway: Gateway, exchange: Exchange, error: unknown): Promise<void> {
  await gateway.store.transact((tx) => {
    if (tx.exchange(exchange.id)?.state !== 'asking') return;
    tx.moveExchange(exchange.id, 'asking', 'permitted');
    tx.record({
      kind: 'unanswered',
      at: gateway.clock.now(),
      exchange: exchange.id,
      ...subjectOf(exchange),
      requestedAt: exchange.requestedAt,
      code: error instanceof RenkeiError ? error.code : 'internal',
      person: exchange.person,
    });
  });
}
