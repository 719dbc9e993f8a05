import { numericDate } from '../../../protocol/day.ts';
import { sha256 } from '../../../protocol/digest.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import { GATEWAY } from '../../../protocol/identifiers.ts';
import type { KnownFacts } from '../../../protocol/log/shown.ts';
import { claimsOf, openMessage, signMessage } from '../../../protocol/message.ts';
import { correction, correctionFacts } from '../../../protocol/messages/correction.ts';
import { correctionNotice } from '../../../protocol/messages/correction-notice.ts';
import { correctionRequest } from '../../../protocol/messages/correction-request.ts';
import { receipt } from '../../../protocol/messages/receipt.ts';
import type { Gateway } from '../gateway.ts';
import type { Proven } from '../ports.ts';
import type { CorrectionRequested, Untold } from './ports.ts';

/**
 * Tells each correction to the agency that has to hear of it, and each request of a person to the agency that they ask.
 * What is not acknowledged stays for the next time. Never rejects for what the other side does.
 */
export async function tellCorrections(gateway: Gateway): Promise<void> {
  for (const untold of gateway.store.read.untold()) {
    await orLater(gateway, untold.agency, untold.exchange, () => tell(gateway, untold));
  }
  for (const request of gateway.store.read.unsentRequests()) {
    await orLater(gateway, request.agency, request.exchange, () => ask(gateway, request));
  }
}

async function tell(gateway: Gateway, untold: Untold): Promise<void> {
  const { agency, exchange, correction: token } = untold;
  const statement = sha256(token);
  const shown = gateway.proofs.show(agency, { exchange, statement });
  const claims = { ...common(gateway, agency), exchange, correction: token };
  const message = await signMessage(correctionNotice, claims, gateway.signer);
  gateway.observe({ kind: 'correction-notice', from: GATEWAY, to: agency, ids: [exchange] });
  const reply = await gateway.nodes.tellCorrection(agency, { message, proof: await shown });
  const facts = correctionFacts(claimsOf(correction, token), statement);
  await acknowledged(gateway, agency, reply, { exchange, statement, facts });
  await gateway.store.transact((tx) => tx.dropUntold(untold));
}

async function ask(gateway: Gateway, request: CorrectionRequested): Promise<void> {
  const { agency, exchange, id, corrects, facts } = request;
  const claims = { ...common(gateway, agency), exchange, request: id, corrects, facts };
  const message = await signMessage(correctionRequest, claims, gateway.signer);
  gateway.observe({ kind: 'correction-request', from: GATEWAY, to: agency, ids: [exchange] });
  const reply = await gateway.nodes.askCorrection(agency, message);
  await acknowledged(gateway, agency, { message: reply }, { exchange, statement: sha256(message) });
  await gateway.store.transact((tx) => {
    // The decision may have come first.
    if (tx.correctionRequest(id)?.state === 'sent') tx.moveCorrectionRequest(id, 'waiting');
  });
}

const common = (gateway: Gateway, agency: string) => ({
  iss: GATEWAY as typeof GATEWAY,
  aud: agency,
  jti: gateway.newId(),
  iat: numericDate(gateway.clock.now()),
});

/** @throws RenkeiError unless it is the agency’s receipt, with the proof that it has it on record where it must */
async function acknowledged(
  gateway: Gateway,
  agency: string,
  reply: Proven,
  about: { readonly exchange: string; readonly statement: string; readonly facts?: KnownFacts },
): Promise<void> {
  const proof = about.facts && gateway.proofs.take(reply.proof);
  const { claims } = await openMessage(receipt, reply.message, {
    audience: GATEWAY,
    issuer: agency,
    keyOf: (...key) => gateway.agencies.verifier(...key),
  });
  if (claims.exchange !== about.exchange || claims.answer !== about.statement) {
    throw new RenkeiError('permit_mismatch');
  }
  if (about.facts) await proof?.proves(agency, about.facts);
}

async function orLater(
  gateway: Gateway,
  agency: string,
  exchange: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RenkeiError)) throw error;
    const outcome = error.code;
    gateway.observe({
      kind: 'correction-kept',
      from: GATEWAY,
      to: agency,
      ids: [exchange],
      outcome,
    });
  }
}
