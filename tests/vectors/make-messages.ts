import { sha256 } from '../../src/protocol/digest.ts';
import { canonicalJson } from '../../src/protocol/encoding.ts';
import type { ErrorCode } from '../../src/protocol/errors.ts';
import { type CommonClaims, signMessage } from '../../src/protocol/message.ts';
import { KINDS, kindOf } from '../protocol/support/kinds.ts';
import { another, PARTIES, party } from '../protocol/support/parties.ts';
import { headerText, partsOf, rawToken, withSignature } from '../protocol/support/raw-token.ts';
import {
  headers,
  hmacToken,
  notCompact,
  payloads,
  spellings,
  type Variants,
} from '../protocol/support/variants.ts';
import { examples, IAT } from './examples.ts';

/** How a token is opened: as what, by whom, from whom, when. */
interface Opening {
  readonly typ: string;
  readonly audience: string;
  readonly issuer: string;
  /** Milliseconds since the epoch by the receiver's clock. */
  readonly now: number;
  readonly toleranceSeconds: number;
}
export interface Accepted extends Opening {
  readonly claims: CommonClaims;
  readonly header: string;
  readonly payload: string;
  readonly token: string;
  readonly digest: string;
}
export interface Refused extends Opening {
  readonly what: string;
  readonly token: string;
  readonly code: ErrorCode;
}
export interface MessageVectors {
  readonly keys: readonly { party: string; kid: string; seed: string; x: string }[];
  readonly accepted: readonly Accepted[];
  readonly refused: readonly Refused[];
}

/** L of RFC 8032 §5.1, little-endian: added to S it gives the same signature in other bytes. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const plusOrder = (signature: Buffer): Buffer => {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + ORDER;
  const more = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([signature.subarray(0, 32), more]);
};

export async function messageVectors(): Promise<MessageVectors> {
  const accepted = await Promise.all(Object.keys(KINDS).map(acceptedOf));
  const keys = PARTIES.map(({ name, seed, publicKey: { kid, x } }) => ({
    party: name,
    kid,
    seed: Buffer.from(seed).toString('hex'),
    x,
  }));
  const refused = [
    ...accepted.flatMap(refusedOfAny),
    ...accepted.filter(({ typ }) => typ === 'permit+jwt').flatMap(refusedInDetail),
  ];
  return { keys, accepted, refused };
}

async function acceptedOf(file: string): Promise<Accepted> {
  const { kind } = kindOf(file);
  const claims = kind.claims.parse(examples[file]);
  const signer = party(claims.iss);
  const token = await signMessage(kind, claims, signer.signer);
  return {
    typ: kind.typ,
    audience: [claims.aud].flat()[0] ?? '',
    issuer: claims.iss,
    now: IAT * 1000,
    toleranceSeconds: 60,
    claims,
    header: headerText(kind.typ, signer),
    payload: canonicalJson(claims),
    token,
    digest: sha256(token),
  };
}

/** The opening of an accepted token, with something else in it. */
const refuse =
  ({ typ, audience, issuer, now, toleranceSeconds, token }: Accepted) =>
  (what: string, code: ErrorCode, changes: Partial<Opening & { token: string }>): Refused => ({
    what: `${typ}: ${what}`,
    typ,
    audience,
    issuer,
    now,
    toleranceSeconds,
    token,
    ...changes,
    code,
  });

/** What is tried with every kind. */
function refusedOfAny(it: Accepted): Refused[] {
  const refused = refuse(it);
  const forger = another(it.issuer);
  const signer = party(it.issuer);
  const end = it.claims.exp ?? it.claims.iat;
  const [header, , signature] = partsOf(it.token);
  const other = canonicalJson({ ...it.claims, jti: 'AAAAAAAAAAAAAAAAAAAAAA' });
  const grafted = `${header}.${Buffer.from(other).toString('base64url')}.${signature}`;
  return [
    refused('of another kind than asked for', 'message_malformed', {
      typ: it.typ === 'query+jwt' ? 'collect+jwt' : 'query+jwt',
    }),
    refused('for another', 'signature_invalid', {
      audience: forger.name === it.audience ? '' : forger.name,
    }),
    refused('from another than expected', 'signature_invalid', { issuer: forger.name }),
    refused('one second too early', 'clock_skew', { now: (it.claims.iat - 61) * 1000 }),
    refused('one thousandth too late', 'clock_skew', { now: (end + 60) * 1000 + 1 }),
    refused('with other claims', 'signature_invalid', { token: grafted }),
    refused('signed by another', 'signature_invalid', {
      token: rawToken(it.header, it.payload, forger),
    }),
    refused('signed and named by another', 'signature_invalid', {
      token: rawToken(headerText(it.typ, forger), it.payload, forger),
    }),
    refused('with an unknown member', 'message_malformed', {
      token: rawToken(it.header, canonicalJson({ ...it.claims, zz: 1 }), signer),
    }),
    refused('S plus the order of the group', 'signature_invalid', {
      token: withSignature(it.token, plusOrder),
    }),
  ];
}

/** What is tried with one kind, because it is the same for all. */
function refusedInDetail(it: Accepted): Refused[] {
  const signer = party(it.issuer);
  const all = (code: ErrorCode, about: string, variants: Variants<string>): Refused[] =>
    variants.map(([what, token]) => refuse(it)(`${about} ${what}`, code, { token }));
  const under = ([what, header]: Variants<string>[number]) =>
    [what, rawToken(header, it.payload, signer)] as const;
  const with_ = ([what, payload]: Variants<string | Uint8Array>[number]) =>
    [what, rawToken(it.header, payload, signer)] as const;
  const signatures: Variants<string> = [
    ['zero', withSignature(it.token, () => Buffer.alloc(64))],
    ['63 bytes long', withSignature(it.token, (bytes) => bytes.subarray(0, 63))],
    ['65 bytes long', withSignature(it.token, (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]))],
    ['HMAC-SHA-256 with the public key', hmacToken(256, it.typ, it.claims, signer)],
  ];
  return [
    ...all('message_malformed', 'header', headers(it.typ, signer, 'denial+jwt').map(under)),
    ...all('message_malformed', 'payload', payloads(it.claims).map(with_)),
    ...all('message_malformed', 'spelling', spellings(it.token)),
    ...all('message_malformed', 'no token:', notCompact(it.token)),
    ...all('message_malformed', 'signature', [
      ['HMAC-SHA-512 with the public key', hmacToken(512, it.typ, it.claims, signer)],
    ]),
    ...all('signature_invalid', 'signature', signatures),
  ];
}
