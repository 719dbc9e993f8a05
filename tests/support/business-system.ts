import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ASSERTION_TYPE, GRANT_TYPE } from '../../src/protocol/client-assertion.ts';
import { numericDate } from '../../src/protocol/day.ts';
import type { Reply } from './call.ts';
import { MATSUE, type TestNetwork } from './test-network.ts';

export interface KeyPair {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

/** A developer’s own key, as any tool makes it. */
export async function keyPair(alg: 'EdDSA' | 'ES256' = 'EdDSA'): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)) } };
}

export interface AssertionChange {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** An assertion as a business system of `agency` would make it, changed where told. */
export function assertion(
  net: TestNetwork,
  system: string,
  { alg, privateKey }: KeyPair,
  { claims, header }: AssertionChange = {},
): Promise<string> {
  const iat = numericDate(net.clock.now());
  const usual = { iss: system, sub: system, aud: MATSUE, jti: net.newId(), iat, exp: iat + 60 };
  return new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ alg, ...header })
    .sign(privateKey);
}

/** POST /v1/token as OAuth 2.0 clients do. */
export const logIn = (net: TestNetwork, token: string, agency = MATSUE): Promise<Reply> =>
  net.post(
    agency,
    '/v1/token',
    new URLSearchParams({
      grant_type: GRANT_TYPE,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: token,
    }).toString(),
    { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  );

/** Enters a business system, as the administrator of `agency`. */
export const enter = (
  net: TestNetwork,
  system: Readonly<Record<string, unknown>>,
  agency = MATSUE,
): Promise<Reply> =>
  net.post(
    agency,
    '/v1/business-systems',
    { name: '健康情報システム', uses: ['inquire'], asks: 'all', keys: [], ...system },
    { token: net.token(agency, 'kanri') },
  );
