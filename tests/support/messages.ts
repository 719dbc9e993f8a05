import { CompactSign } from 'jose';
import { networkKeys } from '../../src/network/keys.ts';
import { numericDate } from '../../src/protocol/day.ts';
import { canonicalJson, utf8 } from '../../src/protocol/encoding.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import type { Signer } from '../../src/protocol/keys.ts';
import { type CommonClaims, type MessageKind, signMessage } from '../../src/protocol/message.ts';
import { type PermitRequest, permitRequest } from '../../src/protocol/messages/permit-request.ts';
import {
  type ProvideRequest,
  provideRequest,
} from '../../src/protocol/messages/provide-request.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { oneTimeKey } from '../../src/protocol/sealing.ts';
import { systemRandomness } from '../../src/service/randomness.ts';
import { affairOf } from './law.ts';
import { KUMAGAYA, MATSUE, type Somebody, type TestNetwork, VACCINATION } from './test-network.ts';

/** The signing keys of a network: they come from its seed, so a test can sign for any party. */
export async function keysOf({ network: { config } }: TestNetwork) {
  const codes = config.agencies.map(({ code }) => code);
  const keys = await networkKeys(config.seed, codes);
  return {
    gateway: keys.gateway,
    registry: keys.registry,
    node: (agency: string): Signer => {
      const own = keys.agencies.get(agency);
      if (!own) throw new RangeError(agency);
      return own.node.signer;
    },
    addressNumbers: (agency: string): Signer => {
      const own = keys.agencies.get(agency);
      if (!own) throw new RangeError(agency);
      return own.addressNumbers.signer;
    },
  };
}

/** Signs whatever it is given, allowed or not, in canonical form unless told otherwise. */
export const signAnything = (
  typ: string,
  claims: unknown,
  signer: Signer,
  { payload = canonicalJson(claims), header = {} as Record<string, unknown> } = {},
): Promise<string> =>
  new CompactSign(utf8(payload))
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.kid, typ, ...header })
    .sign(signer.key);

export const freshKey = () => oneTimeKey(systemRandomness.bytes(32));

/** Item 25 about somebody, as 松江 would ask 熊谷, changed where told. */
export function permitRequestClaims(
  test: TestNetwork,
  somebody: Pick<Somebody, 'number'>,
  change: Partial<PermitRequest> = {},
): PermitRequest {
  const inquirer = change.iss ?? MATSUE;
  return {
    iss: inquirer,
    aud: GATEWAY,
    jti: test.newId(),
    iat: numericDate(test.clock.now()),
    item: '25',
    provider: KUMAGAYA,
    information: informationCode(VACCINATION),
    person: codeOf(test, inquirer, somebody.number),
    oneTimeKey: freshKey().publicKey,
    ...change,
  };
}

export async function permitRequestOf(
  test: TestNetwork,
  somebody: Pick<Somebody, 'number'>,
  change: Partial<PermitRequest> = {},
): Promise<string> {
  const claims = permitRequestClaims(test, somebody, change);
  return await signMessage(permitRequest, claims, (await keysOf(test)).node(claims.iss));
}

/** A request for provision to 熊谷 as the gateway would send it, changed where told. */
export function provideRequestClaims(
  test: TestNetwork,
  somebody: Somebody,
  change: Partial<ProvideRequest> = {},
): ProvideRequest {
  const now = numericDate(test.clock.now());
  return {
    iss: GATEWAY,
    aud: KUMAGAYA,
    jti: test.newId(),
    iat: now,
    nbf: now,
    exp: now + 60,
    permittedAt: now,
    exchange: test.newId(),
    inquirer: MATSUE,
    provider: KUMAGAYA,
    affair: affairOf('25'),
    item: '25',
    list: 'order-r6-9',
    information: informationCode(VACCINATION),
    person: codeOf(test, KUMAGAYA, somebody.numberThere),
    oneTimeKey: freshKey().publicKey,
    route: { via: GATEWAY, to: MATSUE },
    ...change,
  };
}

export async function provideRequestOf(
  test: TestNetwork,
  somebody: Somebody,
  change: Partial<ProvideRequest> = {},
  signer?: Signer,
): Promise<string> {
  const claims = provideRequestClaims(test, somebody, change);
  return await signMessage(provideRequest, claims, signer ?? (await keysOf(test)).gateway.signer);
}

export const signed = <Claims extends CommonClaims>(
  kind: MessageKind<Claims>,
  claims: Claims,
  signer: Signer,
): Promise<string> => signMessage(kind, claims, signer);

/** An agency’s own code for one of its persons. */
export function codeOf(test: TestNetwork, agency: string, number: string): string {
  const code = test.network.agency(agency).node.store.read.codeOf(number);
  if (code === undefined) throw new RangeError('no code');
  return code;
}
