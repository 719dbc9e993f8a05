import { numericDate } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { ShownRecord } from '../../protocol/log/shown.ts';
import { type Opened, signMessage } from '../../protocol/message.ts';
import { type Denial, denial } from '../../protocol/messages/denial.ts';
import { type Permit, permit, type Subject } from '../../protocol/messages/permit.ts';
import { type PermitRequest, permitRequest } from '../../protocol/messages/permit-request.ts';
import type { Gateway } from './gateway.ts';
import { type Judgement, judge } from './judge.ts';
import { orRecordRefusal, receive, replayHorizon } from './receive.ts';

export type PermitReply =
  | ({ readonly decision: 'permit'; readonly claims: Permit } & Stated)
  | ({ readonly decision: 'deny'; readonly claims: Denial } & Stated);

interface Stated {
  readonly statement: string;
  /** That it is on record. */
  readonly proof: ShownRecord | undefined;
}

/**
 * Answers a permit request with a signed permit or a signed denial. The request, the decision
 * and its record become durable together, before the answer leaves.
 * @throws RenkeiError message_malformed, signature_invalid, clock_skew, message_replayed, agency_*
 */
export async function requestPermit(gateway: Gateway, token: string): Promise<PermitReply> {
  const opened = await receive(gateway, permitRequest, token);
  const { claims } = opened;
  const about = {
    inquirer: claims.iss,
    provider: claims.provider,
    information: claims.information,
  };
  return await orRecordRefusal(gateway, opened, about, async () => {
    const judgement = judge(gateway, claims);
    const reply =
      judgement.decision === 'permit'
        ? await issue(gateway, opened, judgement)
        : await deny(gateway, opened, judgement);
    gateway.observe({
      kind: 'decision',
      from: GATEWAY,
      to: claims.iss,
      ids: [claims.jti, reply.claims.jti],
      outcome: reply.decision === 'permit' ? 'permit' : reply.claims.code,
      facts: { item: reply.claims.item ?? '', list: reply.claims.list ?? '' },
    });
    return reply;
  });
}

async function issue(
  gateway: Gateway,
  { claims: request }: Opened<PermitRequest>,
  { permit: decision, person }: Extract<Judgement, { decision: 'permit' }>,
): Promise<PermitReply> {
  const iat = numericDate(gateway.clock.now());
  const subject: Subject = {
    inquirer: request.iss,
    provider: request.provider,
    affair: decision.affair.code,
    item: decision.item,
    list: decision.list,
    information: decision.information.code,
    ...(request.period && { period: request.period }),
  };
  const claims: Permit = {
    iss: GATEWAY,
    aud: request.iss,
    jti: gateway.newId(),
    iat,
    nbf: iat,
    exp: iat + gateway.settings.permitSeconds,
    request: request.jti,
    ...subject,
    oneTimeKey: request.oneTimeKey,
  };
  const statement = await signMessage(permit, claims, gateway.signer);
  const permitDigest = sha256(statement);
  await gateway.store.transact((tx) => {
    tx.claim(request.iss, request.jti, replayHorizon(gateway, request));
    tx.addExchange({
      ...subject,
      id: claims.jti,
      state: 'permitted',
      asked: false,
      permitDigest,
      requestedAt: iat,
      expiresAt: claims.exp,
      oneTimeKey: request.oneTimeKey,
      person,
    });
    tx.record({
      kind: 'permitted',
      at: gateway.clock.now(),
      exchange: claims.jti,
      message: request.jti,
      ...subject,
      requestedAt: iat,
      statement: permitDigest,
      person,
      ...(request.nonDisclosable && { nonDisclosable: true }),
    });
  });
  const on = { exchange: claims.jti, statement: permitDigest };
  const proof = await gateway.proofs.show(request.iss, on);
  return { decision: 'permit', statement, claims, proof };
}

async function deny(
  gateway: Gateway,
  { claims: request }: Opened<PermitRequest>,
  judgement: Extract<Judgement, { decision: 'deny' }>,
): Promise<PermitReply> {
  const claims: Denial = {
    iss: GATEWAY,
    aud: request.iss,
    jti: gateway.newId(),
    iat: numericDate(gateway.clock.now()),
    request: request.jti,
    inquirer: request.iss,
    provider: request.provider,
    ...(request.affair !== undefined && { affair: request.affair }),
    ...((judgement.item ?? request.item) !== undefined && { item: judgement.item ?? request.item }),
    information: request.information,
    list: judgement.list,
    code: judgement.code,
    reasons: [...judgement.reasons],
    nearest: judgement.nearest.map((near) => ({
      ...near,
      inquirerRoles: [...near.inquirerRoles],
      providerRoles: [...near.providerRoles],
      changes: [...near.changes],
    })),
    ground: judgement.ground,
  };
  const statement = await signMessage(denial, claims, gateway.signer);
  const { iss: inquirer, provider, information } = request;
  const denialDigest = sha256(statement);
  await gateway.store.transact((tx) => {
    tx.claim(inquirer, request.jti, replayHorizon(gateway, request));
    tx.record({
      kind: 'denied',
      at: gateway.clock.now(),
      exchange: claims.jti,
      message: request.jti,
      inquirer,
      provider,
      information,
      ...(claims.affair !== undefined && { affair: claims.affair }),
      ...(claims.item !== undefined && { item: claims.item }),
      list: claims.list,
      requestedAt: claims.iat,
      code: claims.code,
      reasons: claims.reasons,
      statement: denialDigest,
      ...personOf(gateway, request),
      ...(request.nonDisclosable && { nonDisclosable: true }),
    });
  });
  const on = { exchange: claims.jti, statement: denialDigest };
  const proof = await gateway.proofs.show(inquirer, on);
  return { decision: 'deny', statement, claims, proof };
}

function personOf(gateway: Gateway, request: PermitRequest): { person?: string } {
  const person = gateway.store.read.personOf(request.iss, request.person);
  return person === undefined ? {} : { person };
}
