import type { Network } from '../../network/network.ts';
import { MessageBody } from '../../protocol/bodies.ts';
import { japaneseDay, numericDate } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { ERRORS, RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { openMessage, signMessage } from '../../protocol/message.ts';
import { type Denial, denial } from '../../protocol/messages/denial.ts';
import { type PermitRequest, permitRequest } from '../../protocol/messages/permit-request.ts';
import { decide } from '../../protocol/permission/decide.ts';
import type { Decision } from '../../protocol/permission/decision.ts';
import { holderOf } from '../../protocol/permission/roles.ts';
import { problemAnswer } from '../../service/http/answer.ts';
import { problemOfError } from '../../service/http/problem.ts';
import { groundOf } from '../network/outcome-of.ts';
import type { PrimedDenial } from './primed.ts';

type Gateway = Network['gateway']['gateway'];

const NOBODYS = 'TM00000000000000';
const NO_AFFAIR = 'JM00000000000000';
const BEFORE_ALL_LISTS = '1900-01-01';
const GROUNDS: Partial<Record<PrimedDenial, string>> = {
  assessment_breach: '番号法第21条第2項、第28条',
  code_not_acquired: '番号法第21条の2',
  provider_code_unknown: '番号法施行令第26条',
};

/**
 * Denies a permit request as the gateway would, had the law been so: the message is verified first, the denial is
 * signed and recorded.
 * @returns undefined for a message that the gateway would not look into
 */
export async function deny(
  network: Network,
  body: string,
  code: PrimedDenial,
): Promise<Response | undefined> {
  const { gateway } = network.gateway;
  try {
    const request = await verified(gateway, body);
    const claims = denialOf(network, request, code);
    const statement = await signMessage(denial, claims, gateway.signer);
    await record(gateway, request, claims, sha256(statement));
    const { reasons, nearest, ground } = claims;
    const [, ja, en] = ERRORS[code];
    const error = new RenkeiError(code, {
      ja: `${ja} (${ground})`,
      en: `${en} (${ground})`,
      extensions: { reasons, nearest, ground, statement },
    });
    return problemAnswer(problemOfError(error));
  } catch (error) {
    if (error instanceof RenkeiError) return undefined;
    throw error;
  }
}

async function verified(gateway: Gateway, body: string): Promise<PermitRequest> {
  const read = MessageBody.safeParse(parsed(body));
  if (!read.success) throw new RenkeiError('message_malformed');
  const { claims } = await openMessage(permitRequest, read.data.message, {
    audience: GATEWAY,
    keyOf: (...key) => gateway.agencies.verifier(...key),
    fresh: { now: gateway.clock.now(), toleranceSeconds: gateway.settings.toleranceSeconds },
  });
  return claims;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function denialOf(network: Network, request: PermitRequest, code: PrimedDenial): Denial {
  const { gateway } = network.gateway;
  const decision = decided(gateway, request, code);
  const denied = decision.decision === 'deny' ? decision : undefined;
  const { list, item = request.item } = decision;
  return {
    iss: GATEWAY,
    aud: request.iss,
    jti: gateway.newId(),
    iat: numericDate(gateway.clock.now()),
    request: request.jti,
    inquirer: request.iss,
    provider: request.provider,
    ...(request.affair !== undefined && { affair: request.affair }),
    ...(item !== undefined && { item }),
    information: request.information,
    list,
    code,
    reasons: denied?.code === code ? [...denied.reasons] : [code],
    nearest: (denied?.nearest ?? []).map((near) => ({
      ...near,
      inquirerRoles: [...near.inquirerRoles],
      providerRoles: [...near.providerRoles],
      changes: [...near.changes],
    })),
    ground: GROUNDS[code] ?? groundOf(network, list ?? '', item),
  };
}

/** What the real lists say of the same request, with that one thing wrong in it. */
function decided(gateway: Gateway, request: PermitRequest, code: PrimedDenial): Decision {
  const { permission } = gateway.law;
  const nobody = holderOf(permission, []);
  const holder = (agency: string) => gateway.agencies.find(agency)?.holder ?? nobody;
  const day = code === 'list_not_in_force' ? BEFORE_ALL_LISTS : japaneseDay(gateway.clock.now());
  const { item, affair } = request;
  const noAffair = code === 'affair_not_listed';
  return decide(permission, day, {
    inquirer: code === 'inquirer_not_listed' ? nobody : holder(request.iss),
    provider: code === 'provider_not_listed' ? nobody : holder(request.provider),
    information: code === 'information_not_listed' ? NOBODYS : request.information,
    ...(!noAffair && item !== undefined && { item }),
    ...(noAffair ? { affair: NO_AFFAIR } : affair !== undefined && { affair }),
  });
}

const record = (gateway: Gateway, request: PermitRequest, claims: Denial, statement: string) =>
  gateway.store.transact((tx) => {
    const keepSeconds = request.iat + 2 * gateway.settings.toleranceSeconds + 1;
    tx.claim(request.iss, request.jti, keepSeconds * 1000);
    const { inquirer, provider, information, affair, item, list, code, reasons } = claims;
    tx.record({
      kind: 'denied',
      at: gateway.clock.now(),
      exchange: claims.jti,
      message: request.jti,
      ...{ inquirer, provider, information, list, code, reasons, statement },
      ...(affair !== undefined && { affair }),
      ...(item !== undefined && { item }),
      requestedAt: claims.iat,
    });
  });
