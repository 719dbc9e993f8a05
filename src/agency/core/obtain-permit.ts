import { numericDate } from '../../protocol/day.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { KnownFacts } from '../../protocol/log/shown.ts';
import { type Opened, signMessage } from '../../protocol/message.ts';
import { type Denial, denial } from '../../protocol/messages/denial.ts';
import { type Permit, permit, subjectOf } from '../../protocol/messages/permit.ts';
import { type PermitRequest, permitRequest } from '../../protocol/messages/permit-request.ts';
import { oneTimeKey } from '../../protocol/sealing.ts';
import { openAtRest } from './at-rest.ts';
import type { AgencyNode } from './node.ts';
import type { AgencyTx, Inquiry } from './ports.ts';
import { fromGateway } from './receive.ts';

/**
 * Has the inquiry checked and permitted before anything is asked.
 * @returns the inquiry, `permitted` or `denied`
 */
export async function obtainPermit(node: AgencyNode, inquiry: Inquiry): Promise<Inquiry> {
  const request = requestFor(node, inquiry);
  const token = await signMessage(permitRequest, request, node.signer);
  const ids = [inquiry.id, request.jti];
  node.observe({ kind: 'permit-request', from: node.code, to: GATEWAY, ids });
  const reply = await node.gateway.requestPermit(token);
  const shown = node.proofs.take(reply.proof);
  if ('permit' in reply) {
    const opened = await fromGateway(node, permit, reply.permit);
    belongs(opened.claims, request);
    await shown.proves(GATEWAY, permittedFacts(opened));
    node.observe({
      kind: 'permit',
      from: GATEWAY,
      to: node.code,
      ids: [...ids, opened.claims.jti],
    });
    return await permitted(node, inquiry, opened, request.person);
  }
  const opened = await fromGateway(node, denial, reply.denial);
  belongs(opened.claims, request);
  await shown.proves(GATEWAY, deniedFacts(opened));
  const { jti, code } = opened.claims;
  node.observe({ kind: 'denial', from: GATEWAY, to: node.code, ids: [...ids, jti], outcome: code });
  return await denied(node, inquiry, opened);
}

function requestFor(node: AgencyNode, inquiry: Inquiry): PermitRequest {
  const person = node.store.read.codeOf(inquiry.integratedAddressNumber);
  if (person === undefined || !inquiry.secret) throw new RenkeiError('code_not_acquired');
  const { affair, item, provider, information, period } = inquiry;
  const secret = openAtRest(node, 'secret', inquiry.id, inquiry.secret);
  const { publicKey } = oneTimeKey(secret);
  secret.fill(0);
  return {
    iss: node.code,
    aud: GATEWAY,
    jti: node.newId(),
    iat: numericDate(node.clock.now()),
    ...(affair !== undefined && { affair }),
    ...(item !== undefined && { item }),
    provider,
    information,
    ...(period && { period }),
    ...notToBeTold(inquiry),
    person,
    oneTimeKey: publicKey,
  };
}

/** A statement about another request is not an answer to this one. */
function belongs(claims: Permit | Denial, request: PermitRequest): void {
  if (
    claims.request !== request.jti ||
    claims.inquirer !== request.iss ||
    claims.provider !== request.provider ||
    claims.information !== request.information ||
    (request.item !== undefined && claims.item !== request.item) ||
    (request.affair !== undefined && claims.affair !== request.affair) ||
    ('oneTimeKey' in claims &&
      canonicalJson(claims.period ?? {}) !== canonicalJson(request.period ?? {})) ||
    ('oneTimeKey' in claims && claims.oneTimeKey !== request.oneTimeKey)
  ) {
    throw new RenkeiError('permit_mismatch');
  }
}

/** What all parties’ records of a permit say. */
const permittedFacts = ({ claims, digest }: Opened<Permit>): KnownFacts => ({
  kind: 'permitted',
  exchange: claims.jti,
  ...subjectOf(claims),
  requestedAt: claims.iat,
  statement: digest,
});

const deniedFacts = ({ claims, digest }: Opened<Denial>): KnownFacts => ({
  kind: 'denied',
  exchange: claims.jti,
  inquirer: claims.inquirer,
  provider: claims.provider,
  information: claims.information,
  ...(claims.affair !== undefined && { affair: claims.affair }),
  ...(claims.item !== undefined && { item: claims.item }),
  list: claims.list,
  requestedAt: claims.iat,
  code: claims.code,
  reasons: claims.reasons,
  statement: digest,
});

function permitted(
  node: AgencyNode,
  inquiry: Inquiry,
  opened: Opened<Permit>,
  /** The code that it was asked with. */
  asked: string,
) {
  const { claims, token } = opened;
  const subject = subjectOf(claims);
  const change = {
    state: 'permitted',
    exchange: claims.jti,
    subject,
    permit: token,
    requestedAt: claims.iat,
    permitExpiresAt: claims.exp,
    code: undefined,
  } as const;
  return node.store.transact((tx) => {
    // The person was merged or split meanwhile: a permit for another code is not for this person.
    if (tx.codeOf(inquiry.integratedAddressNumber) !== asked) {
      throw new RenkeiError('state_conflict', {
        ja: '照会の途中でこの人の識別符号が変わりました。もう一度照会してください',
        en: 'This person’s code changed while it was asked for: ask again',
      });
    }
    writeInquiry(tx, { ...inquiry, ...change });
    tx.record({
      ...permittedFacts(opened),
      at: node.clock.now(),
      message: claims.request,
      ...personOf(node, inquiry),
      ...notToBeTold(inquiry),
    });
    return { ...inquiry, ...change };
  });
}

function denied(node: AgencyNode, inquiry: Inquiry, opened: Opened<Denial>) {
  const { claims } = opened;
  const change = {
    state: 'denied',
    exchange: claims.jti,
    secret: undefined,
    code: claims.code,
    denial: JSON.stringify(claims),
    requestedAt: claims.iat,
    deleteAt: node.clock.now() + node.settings.resultKeepSeconds * 1000,
  } as const;
  return node.store.transact((tx) => {
    writeInquiry(tx, { ...inquiry, ...change });
    tx.record({
      ...deniedFacts(opened),
      at: node.clock.now(),
      message: claims.request,
      ...personOf(node, inquiry),
      ...notToBeTold(inquiry),
    });
    return { ...inquiry, ...change };
  });
}

/** The mark in records and requests, where the inquirer set it. */
export const notToBeTold = ({ nonDisclosable }: Inquiry): { nonDisclosable?: true } =>
  nonDisclosable ? { nonDisclosable } : {};

/** This node’s own code for the person, for its own record. */
export function personOf(node: AgencyNode, inquiry: Inquiry): { person?: string } {
  const person = node.store.read.codeOf(inquiry.integratedAddressNumber);
  return person === undefined ? {} : { person };
}

function writeInquiry(tx: AgencyTx, inquiry: Inquiry): void {
  if (!tx.inquiry(inquiry.id)) tx.addInquiry(inquiry);
  else tx.changeInquiry(inquiry.id, inquiry);
}
