import { correctable } from '../../../protocol/correction.ts';
import { numericDate } from '../../../protocol/day.ts';
import { sha256 } from '../../../protocol/digest.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import { GATEWAY } from '../../../protocol/identifiers.ts';
import { type Opened, openMessage, signMessage } from '../../../protocol/message.ts';
import {
  type Correction,
  correction,
  correctionFacts,
} from '../../../protocol/messages/correction.ts';
import { correctionNotice } from '../../../protocol/messages/correction-notice.ts';
import { correctionRequest } from '../../../protocol/messages/correction-request.ts';
import { receipt } from '../../../protocol/messages/receipt.ts';
import type { AgencyNode } from '../node.ts';
import type { Proven } from '../ports.ts';
import { fromGateway, replayHorizon } from '../receive.ts';
import { currentDirectory, refreshDirectory, tolerate } from '../refresh-directory.ts';
import { newCorrection, ownRecord } from './propose.ts';

/**
 * Takes what the other agency has corrected in its record of an exchange (番号法31条): by that agency’s own signature, as
 * the gateway has it on record. When this resolves it is on record here; told again, it has no second effect.
 * @returns a signed receipt
 * @throws RenkeiError permit_mismatch, signature_invalid, message_malformed, record_unproven, log_inconsistent
 */
export async function receiveCorrection(node: AgencyNode, body: Proven): Promise<Proven> {
  const shown = node.proofs.take(body.proof);
  const { claims: notice } = await fromGateway(node, correctionNotice, body.message);
  const { claims, digest } = await verified(node, notice.correction);
  const { exchange } = claims;
  const other = claims.iss === claims.inquirer ? claims.provider : claims.inquirer;
  const base = correctable(node.store.read.recordsOf(exchange));
  const same =
    exchange === notice.exchange &&
    other === node.code &&
    base?.statement === claims.corrects &&
    base.inquirer === claims.inquirer &&
    base.provider === claims.provider;
  if (!same) throw new RenkeiError('permit_mismatch');
  const facts = correctionFacts(claims, digest);
  await shown.proves(GATEWAY, facts);
  await node.store.transact((tx) => {
    if (tx.recordsOf(exchange).some(({ statement }) => statement === digest)) return;
    tx.record({ ...facts, at: node.clock.now(), message: notice.jti });
  });
  return await receiptFor(node, exchange, digest);
}

/**
 * Takes what the person concerned asks to be corrected in this agency’s record, for its staff to look into.
 * @returns a signed receipt
 * @throws RenkeiError not_found, state_conflict, permit_mismatch, signature_invalid, message_replayed
 */
export async function receiveCorrectionRequest(node: AgencyNode, token: string): Promise<string> {
  const { claims } = await fromGateway(node, correctionRequest, token);
  const { exchange, request, corrects, facts } = claims;
  await node.store.transact((tx) => {
    tx.claim(claims.iss, claims.jti, replayHorizon(node, claims));
    if (tx.correctionByRequest(request)) return;
    const base = ownRecord(tx, exchange);
    if (base.statement !== corrects) throw new RenkeiError('permit_mismatch');
    const { inquirer, provider } = base;
    tx.addCorrection({ ...newCorrection(node, base, facts), state: 'requested', request });
    tx.record({
      ...{ kind: 'correction_requested', at: node.clock.now(), exchange, message: request },
      ...{ inquirer, provider, ...facts, corrects },
      ...(base.person !== undefined && { person: base.person }),
    });
  });
  return (await receiptFor(node, exchange, sha256(token))).message;
}

async function receiptFor(node: AgencyNode, exchange: string, answer: string): Promise<Proven> {
  const shown = node.proofs.show(GATEWAY, { exchange, statement: answer });
  const claims = {
    ...{ iss: node.code, aud: GATEWAY, jti: node.newId(), iat: numericDate(node.clock.now()) },
    ...{ exchange, answer },
  };
  const message = await signMessage(receipt, claims, node.signer);
  return { message, proof: await shown };
}

/** The other agency’s own signature counts: the gateway only carries it. */
async function verified(node: AgencyNode, token: string): Promise<Opened<Correction>> {
  const check = () =>
    openMessage(correction, token, {
      audience: GATEWAY,
      keyOf: async (issuer, kid, iat) => {
        await currentDirectory(node, issuer);
        return node.directory.verifier(issuer, kid, iat);
      },
    });
  return await check().catch(async (error: unknown) => {
    // A key that is not in this copy of the directory may be new.
    if (!(error instanceof RenkeiError)) throw error;
    await refreshDirectory(node).catch(tolerate);
    return await check();
  });
}
