import { correctable } from '../../../protocol/correction.ts';
import { numericDate } from '../../../protocol/day.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import { GATEWAY } from '../../../protocol/identifiers.ts';
import { openMessage, signMessage } from '../../../protocol/message.ts';
import {
  type Correction,
  correction,
  correctionFacts,
} from '../../../protocol/messages/correction.ts';
import { receipt } from '../../../protocol/messages/receipt.ts';
import type { ProvisionRecord } from '../../../protocol/record.ts';
import type { Gateway } from '../gateway.ts';
import type { Proven } from '../ports.ts';
import { orRecordRefusal } from '../receive.ts';
import { tellCorrections } from './tell-corrections.ts';

/**
 * Takes what an agency says of its record (番号法31条; R-702): on record here as well, and told to the other agency until
 * that one acknowledges it. Records are never changed: a correction is one more of them. Sent again, it has no second
 * effect and gets its receipt.
 * @returns a signed receipt
 * @throws RenkeiError permit_mismatch (not a record of this agency’s), record_unproven, log_inconsistent, and what
 *   `openMessage` throws
 */
export async function acceptCorrection(gateway: Gateway, body: Proven): Promise<Proven> {
  const shown = gateway.proofs.take(body.proof);
  // No freshness here: it may wait for the gateway to come back.
  const opened = await openMessage(correction, body.message, {
    audience: GATEWAY,
    keyOf: (...key) => gateway.agencies.verifier(...key),
  });
  const { claims, digest, token } = opened;
  await orRecordRefusal(gateway, opened, {}, async () => {
    const base = correctedRecord(gateway, claims);
    const facts = correctionFacts(claims, digest);
    if (recordedAlready(gateway, claims.exchange, digest)) return;
    await shown.proves(claims.iss, facts);
    await gateway.store.transact((tx) => {
      if (tx.recordsOf(claims.exchange).some(({ statement }) => statement === digest)) return;
      const request =
        claims.request === undefined ? undefined : tx.correctionRequest(claims.request);
      if (claims.request !== undefined && !isOf(request, claims)) {
        throw new RenkeiError('permit_mismatch');
      }
      if (request) tx.moveCorrectionRequest(request.id, claims.facts ? 'corrected' : 'declined');
      tx.record({ ...facts, at: gateway.clock.now(), message: claims.jti });
      const agency = claims.iss === claims.inquirer ? claims.provider : claims.inquirer;
      // Of a denial the provider never hears.
      const told = claims.facts !== undefined && base.kind !== 'denied' && agency !== claims.iss;
      if (told) tx.addUntold({ exchange: claims.exchange, agency, correction: token });
    });
  });
  const own = gateway.proofs.show(claims.iss, { exchange: claims.exchange, statement: digest });
  const message = await signMessage(
    receipt,
    {
      iss: GATEWAY,
      aud: claims.iss,
      jti: gateway.newId(),
      iat: numericDate(gateway.clock.now()),
      exchange: claims.exchange,
      answer: digest,
    },
    gateway.signer,
  );
  const proof = await own;
  gateway.background(tellCorrections(gateway));
  return { message, proof };
}

const recordedAlready = ({ store }: Gateway, exchange: string, digest: string): boolean =>
  store.read.recordsOf(exchange).some(({ statement }) => statement === digest);

const isOf = (
  request: { exchange: string; agency: string } | undefined,
  { exchange, iss }: Correction,
): boolean => request?.exchange === exchange && request.agency === iss;

/** The gateway’s own record of what is corrected. @throws RenkeiError permit_mismatch */
function correctedRecord({ store }: Gateway, claims: Correction): ProvisionRecord {
  const base = correctable(store.read.recordsOf(claims.exchange));
  const same =
    base !== undefined &&
    base.statement === claims.corrects &&
    base.inquirer === claims.inquirer &&
    base.provider === claims.provider &&
    (base.kind !== 'denied' || claims.iss === claims.inquirer);
  if (!same) throw new RenkeiError('permit_mismatch');
  return base;
}
