import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import { algorithmsOf, type ClientKey } from './client-key.ts';
import { RenkeiError } from './errors.ts';

/** RFC 7521 §4.2, RFC 6749 §4.4: what a client says of itself when it asks for a token. */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
export const GRANT_TYPE = 'client_credentials';

/** Longest time from `iat` to `exp`, seconds: an assertion is made for one request. */
const LONGEST = 300;
const MAX_TOKEN = 8192;
const TYPES: readonly unknown[] = [undefined, 'JWT', 'client-authentication+jwt'];

export interface ClientAssertion {
  /** The client: issuer and subject (RFC 7523 §3). */
  readonly client: string;
  readonly jti: string;
  /** NumericDate. */
  readonly exp: number;
}

/**
 * Verifies a client’s assertion (private_key_jwt; RFC 7523, RFC 8725): the client’s own key, its one algorithm,
 * addressed to this audience alone, made just now, for a short time.
 * @param now milliseconds
 * @param keysOf a client’s keys, none for one that may not come
 * @throws RenkeiError not_authenticated; what is told before the signature is verified is always the same
 */
export async function openClientAssertion(
  token: string,
  expected: {
    readonly audience: string;
    readonly now: number;
    readonly toleranceSeconds: number;
    readonly keysOf: (client: string) => readonly ClientKey[];
  },
): Promise<ClientAssertion> {
  const { client, kid } = claimed(token);
  if (client === undefined) throw unknown();
  const keys = expected.keysOf(client).filter((key) => kid === undefined || key.kid === kid);
  for (const key of keys) {
    const payload = await verified(token, key, expected);
    if (payload) return checked(payload, client, expected.audience);
  }
  throw unknown();
}

/** Who says to have signed it, before anything is verified; for the log, and to find the keys. */
export function claimed(token: string): { client?: string; kid?: string | undefined } {
  if (token.length > MAX_TOKEN) return {};
  try {
    const { iss, sub } = decodeJwt(token);
    const { typ, kid } = decodeProtectedHeader(token);
    if (typeof iss !== 'string' || iss !== sub || !TYPES.includes(typ)) return {};
    return { client: iss, kid };
  } catch {
    return {};
  }
}

/** @returns the claims, or undefined if it was not signed with this key */
async function verified(
  token: string,
  key: ClientKey,
  { audience, now, toleranceSeconds }: { audience: string; now: number; toleranceSeconds: number },
): Promise<JWTPayload | undefined> {
  const algorithms = algorithmsOf(key);
  try {
    const { payload } = await jwtVerify(token, await importJWK(key, algorithms[0]), {
      algorithms: [...algorithms],
      audience,
      currentDate: new Date(now),
      clockTolerance: toleranceSeconds,
      maxTokenAge: LONGEST,
      requiredClaims: ['exp', 'iat', 'jti'],
    });
    return payload;
  } catch (error) {
    // The signature is verified before any claim is looked at, so these may be told.
    if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
      throw refused(error.claim);
    }
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function checked({ aud, jti, exp = 0, iat = 0 }: JWTPayload, client: string, audience: string) {
  // One addressee: an assertion that several would take can be passed on by any of them.
  if ([aud].flat().length !== 1 || [aud].flat()[0] !== audience) throw refused('aud');
  if (exp - iat > LONGEST || exp <= iat) throw refused('exp');
  if (jti === undefined || !/^[\x21-\x7e]{1,128}$/.test(jti)) throw refused('jti');
  return { client, jti, exp };
}

/** `error` is RFC 6749 §5.2’s word for it, for OAuth 2.0 libraries. */
const EXTENSIONS = { error: 'invalid_client' };

const unknown = (): RenkeiError =>
  new RenkeiError('not_authenticated', {
    ja: 'クライアントアサーションを確認できません',
    en: 'The client assertion cannot be accepted',
    hint: {
      ja: '登録された鍵で署名し、iss と sub に業務システムの ID を入れてください',
      en: 'Sign it with a registered key, with the business system’s id as iss and sub',
    },
    extensions: EXTENSIONS,
  });

const refused = (claim: string): RenkeiError =>
  new RenkeiError('not_authenticated', {
    ja: `クライアントアサーションの ${claim} が正しくありません`,
    en: `The client assertion’s ${claim} is not right`,
    hint: {
      ja: `aud は機関コードだけ、iat は今、exp は ${LONGEST} 秒以内、jti は毎回異なる値にしてください`,
      en: `aud: the agency code alone; iat: now; exp: within ${LONGEST} seconds; jti: another one each time`,
    },
    extensions: EXTENSIONS,
  });

/** Makes an assertion, as a business system does before it asks for a token. @param key a private JWK */
export async function signClientAssertion(
  key: ClientKey & { readonly d: string },
  about: {
    readonly client: string;
    readonly audience: string;
    readonly jti: string;
    readonly now: number;
  },
): Promise<string> {
  const [alg] = algorithmsOf(key);
  const iat = Math.floor(about.now / 1000);
  return await new SignJWT({ jti: about.jti })
    .setProtectedHeader({ alg, kid: key.kid, typ: 'client-authentication+jwt' })
    .setIssuer(about.client)
    .setSubject(about.client)
    .setAudience(about.audience)
    .setIssuedAt(iat)
    .setExpirationTime(iat + 60)
    .sign(await importJWK(key, alg));
}
