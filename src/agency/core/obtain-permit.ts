import { numericDate } from '../../protocol/day.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { type Opened, signMessage } from '../../protocol/message.ts';
import { type Denial, denial } from '../../protocol/messages/denial.ts';
import { type Permit, permit, subjectOf } from '../../protocol/messages/permit.ts';
import { type PermitRequest, permitRequest } from '../../protocol/messages/permit-request.ts';
import { oneTimeKey } from '../../protocol/sealing.ts';
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
  if ('permit' in reply) {
    const opened = await fromGateway(node, permit, reply.permit);
    belongs(opened.claims, request);
    node.observe({
      kind: 'permit',
      from: GATEWAY,
      to: node.code,
      ids: [...ids, opened.claims.jti],
    });
    return await permitted(node, inquiry, opened);
  }
  const opened = await fromGateway(node, denial, reply.denial);
  belongs(opened.claims, request);
  const { jti, code } = opened.claims;
  node.observe({ kind: 'denial', from: GATEWAY, to: node.code, ids: [...ids, jti], outcome: code });
  return await denied(node, inquiry, opened);
}

function requestFor(node: AgencyNode, inquiry: Inquiry): PermitRequest {
  const person = node.store.read.codeOf(inquiry.integratedAddressNumber);
  if (person === undefined || !inquiry.secret) throw new RenkeiError('code_not_acquired');
  const { affair, item, provider, information, period } = inquiry;
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
    person,
    oneTimeKey: oneTimeKey(inquiry.secret).publicKey,
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

function permitted(node: AgencyNode, inquiry: Inquiry, { claims, token, digest }: Opened<Permit>) {
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
    writeInquiry(tx, { ...inquiry, ...change });
    tx.record({
      kind: 'permitted',
      at: node.clock.now(),
      exchange: claims.jti,
      message: claims.request,
      ...subject,
      requestedAt: claims.iat,
      statement: digest,
      ...personOf(node, inquiry),
    });
    return { ...inquiry, ...change };
  });
}

function denied(node: AgencyNode, inquiry: Inquiry, { claims, digest }: Opened<Denial>) {
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
      kind: 'denied',
      at: node.clock.now(),
      exchange: claims.jti,
      message: claims.request,
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
      ...personOf(node, inquiry),
    });
    return { ...inquiry, ...change };
  });
}

/** This node’s own code for the person, for its own record. */
export function personOf(node: AgencyNode, inquiry: Inquiry): { person?: string } {
  const person = node.store.read.codeOf(inquiry.integratedAddressNumber);
  return person === undefined ? {} : { person };
}

function writeInquiry(tx: AgencyTx, inquiry: Inquiry): void {
  if (!tx.inquiry(inquiry.id)) tx.addInquiry(inquiry);
  else tx.changeInquiry(inquiry.id, inquiry);
}
