import { CompactSign, compactVerify, errors } from 'jose';
import { z } from 'zod';
import { sha256 } from './digest.ts';
import { canonicalJson, fromBase64url, malformed, textOf, utf8 } from './encoding.ts';
import { RenkeiError } from './errors.ts';
import { Id, NumericDate } from './identifiers.ts';
import type { Signer, Verifier } from './keys.ts';

/** A kind of message: its media type in the header (RFC 8725 §3.11) and its claims, all of them. */
export interface MessageKind<Claims> {
  readonly typ: string;
  readonly claims: z.ZodType<Claims>;
}
export type ClaimsOf<Kind> = Kind extends MessageKind<infer Claims> ? Claims : never;

/** Claims that every message has: who, to whom, which, when. */
export interface CommonClaims {
  readonly iss: string;
  readonly aud: string | readonly string[];
  readonly jti: string;
  readonly iat: number;
  readonly exp?: number;
}

/** A message that was verified: `token` is the only byte string that carries these claims. */
export interface Opened<Claims> {
  readonly claims: Claims;
  readonly token: string;
  readonly digest: string;
}

export const common = { jti: Id, iat: NumericDate };

/** Signs claims as one compact JWS (RFC 7515) in canonical form. */
export async function signMessage<Claims extends CommonClaims>(
  kind: MessageKind<Claims>,
  claims: Claims,
  signer: Signer,
): Promise<string> {
  return await new CompactSign(utf8(canonicalJson(kind.claims.parse(claims))))
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.kid, typ: kind.typ })
    .sign(signer.key);
}

const Header = z.strictObject({
  alg: z.literal('EdDSA'),
  kid: z.string().max(64),
  typ: z.string(),
});
const MAX_TOKEN = 2 * 1024 * 1024;

/** What is expected of a message before anything in it is believed (RFC 8725 §3.8, §3.9). */
export interface Expectation {
  readonly audience: string;
  /**
   * The key of this issuer under this key id for a message of that time (`iat`); throws `agency_unknown` or
   * `signature_invalid`.
   */
  readonly keyOf: (issuer: string, kid: string, iat: number) => Verifier | Promise<Verifier>;
  readonly issuer?: string;
  /**
   * Freshness by the receiver’s clock; left out for statements that are kept. `by: 'iat'` where `exp` is the
   * time of something else, which the receiver judges itself.
   */
  readonly fresh?: Freshness;
}

export interface Freshness {
  /** Milliseconds. */
  readonly now: number;
  readonly toleranceSeconds: number;
  readonly by?: 'iat';
}

/**
 * Opens a message: form, kind, issuer, key, signature, audience, time, in this order.
 * @throws RenkeiError message_malformed, agency_unknown, signature_invalid, clock_skew
 */
export async function openMessage<Claims extends CommonClaims>(
  kind: MessageKind<Claims>,
  token: string,
  expected: Expectation,
): Promise<Opened<Claims>> {
  const { header, payload } = split(token);
  const head = canonicalPart(header, Header);
  if (head.typ !== kind.typ) {
    throw malformed(`電文の種類が ${kind.typ} ではありません`, `Not a ${kind.typ}`);
  }
  const claims = canonicalPart(payload, kind.claims);
  if (expected.issuer !== undefined && claims.iss !== expected.issuer) {
    throw invalid('発行者が異なります', 'Signed by someone else');
  }
  const verifier = await expected.keyOf(claims.iss, head.kid, claims.iat);
  await verifySignature(token, verifier);
  if (![claims.aud].flat().includes(expected.audience)) {
    throw invalid('宛先が異なります', 'Addressed to someone else');
  }
  if (expected.fresh) checkFresh(claims, expected.fresh);
  return { claims, token, digest: sha256(token) };
}

/** The key id of a token, whoever signed it. @throws RenkeiError message_malformed */
export const kidOf = (token: string): string => canonicalPart(split(token).header, Header).kid;

/** The claims of a message that was verified before and kept. @throws RenkeiError message_malformed */
export const claimsOf = <Claims>(kind: MessageKind<Claims>, token: string): Claims =>
  canonicalPart(split(token).payload, kind.claims);

function split(token: string): { header: string; payload: string } {
  if (token.length > MAX_TOKEN) throw new RenkeiError('payload_too_large');
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || !signature || rest.length > 0) {
    throw malformed('署名付き電文 (JWS compact) ではありません', 'Not a compact JWS');
  }
  // Ed25519 signatures are 64 bytes; their last character has spare bits that must be zero.
  if (fromBase64url(signature).length !== 64) throw invalid('署名の長さが不正です', 'Wrong length');
  return { header, payload };
}

function canonicalPart<Shape>(part: string, schema: z.ZodType<Shape>): Shape {
  const text = textOf(fromBase64url(part));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's words quote the text; they stay here.
    throw malformed('JSON として読めません', 'Not JSON');
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    // The first few: nobody has signed this yet, and an array may be wrong in a million places.
    const issues = read.error.issues.slice(0, 5);
    const where = issues.map((issue) => issue.path.join('.') || issue.code).join(', ');
    throw malformed(`項目が正しくありません: ${where}`, `Fields not as specified: ${where}`);
  }
  // Exactly one byte string per message: a second spelling of the same claims is refused.
  if (!isCanonical(value, text)) throw malformed('正規形ではありません', 'Not in canonical form');
  return read.data;
}

function isCanonical(value: unknown, text: string): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    // A lone surrogate can be escaped in JSON and has no canonical form (RFC 8785 §3.2.2.2).
    return false;
  }
}

async function verifySignature(token: string, verifier: Verifier): Promise<void> {
  try {
    await compactVerify(token, verifier.key, { algorithms: ['EdDSA'] });
  } catch (cause) {
    if (cause instanceof errors.JOSEError) {
      throw new RenkeiError('signature_invalid', {}, { cause });
    }
    throw cause;
  }
}

function checkFresh(claims: CommonClaims, fresh: Freshness): void {
  const now = fresh.now / 1000;
  const oldest = now - fresh.toleranceSeconds;
  const end = fresh.by === 'iat' ? claims.iat : (claims.exp ?? claims.iat);
  if (claims.iat > now + fresh.toleranceSeconds || end < oldest) {
    throw new RenkeiError('clock_skew', {
      hint: {
        ja: '双方の時計を合わせてから、新しい電文を送ってください',
        en: 'Set both clocks right and send a new message',
      },
    });
  }
}

const invalid = (ja: string, en: string) => new RenkeiError('signature_invalid', { ja, en });
