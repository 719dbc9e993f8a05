// A node as somebody else would write it: it knows the protocol, and of renkei nothing. Kept short: it asks, opens
// what it is answered, and takes what is delivered later. It stores nothing.
import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { CompactSign, compactVerify, importJWK, type JWK } from 'jose';
import nacl from 'tweetnacl';

type Json = Record<string, unknown>;

export interface MyNodeOptions {
  readonly agency: string;
  readonly gateway: string;
  /** The gateway’s public key, known beforehand. */
  readonly gatewayKey: JWK;
  /** This node’s own, with its secret half. */
  readonly signingKey: JWK & { readonly kid: string };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface MyQuestion {
  readonly provider: string;
  readonly item: string;
  /** Codes, as the messages carry them. */
  readonly information: string;
  readonly person: string;
}

export interface MyResult {
  readonly state: string;
  readonly code?: string;
  readonly records?: Json[];
}

/** An inquiry between its permit and its answer. */
interface UnderWay {
  readonly exchange: string;
  readonly provider: string;
  readonly secret: Uint8Array;
}

export class MyNode {
  readonly results = new Map<string, MyResult>();
  readonly #options: MyNodeOptions;
  readonly #underWay = new Map<string, UnderWay>();

  constructor(options: MyNodeOptions) {
    this.#options = options;
  }

  /** Permit, query, answer. */
  async ask(question: MyQuestion): Promise<MyResult> {
    const { publicKey, secretKey } = nacl.box.keyPair();
    const request = { ...this.#head(), ...question, oneTimeKey: base64url(publicKey) };
    const permit = await this.#post('/v1/permits', 'permit-request+jwt', request);
    const { code, statement, message } = permit;
    if (statement) {
      const denial = await this.#opened(String(statement), 'denial+jwt');
      check(denial.request === request.jti, 'the denial is of another request');
      return { state: 'denied', code: String(denial.code) };
    }
    if (code) return { state: 'error', code: String(code) };
    const granted = await this.#opened(String(message), 'permit+jwt');
    check(granted.request === request.jti, 'the permit is of another request');
    check(granted.provider === question.provider, 'the permit is for another provider');
    const exchange = String(granted.jti);
    this.#underWay.set(exchange, { exchange, provider: question.provider, secret: secretKey });
    const reply = await this.#post('/v1/query', 'query+jwt', { ...this.#head(), permit: message });
    if (reply.code) return { state: 'error', code: String(reply.code) };
    return await this.#take(exchange, String(reply.message), reply.sealed);
  }

  /** What the gateway calls: POST /v1/deliveries. */
  readonly fetch = async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname !== '/v1/deliveries')
      return new Response(null, { status: 404 });
    const { message, sealed } = await read(request);
    const { exchange, answer } = await this.#opened(String(message), 'delivery+jwt');
    await this.#take(String(exchange), String(answer), sealed);
    const receipt = { ...this.#head(), exchange, answer: digest(String(answer)) };
    return Response.json({ message: await this.#signed('receipt+jwt', receipt) });
  };

  /** Verifies what a provider answered and opens it. The gateway only carries it. */
  async #take(exchange: string, token: string, sealed: unknown): Promise<MyResult> {
    const underWay = this.#underWay.get(exchange);
    check(underWay !== undefined, 'nobody asked for this');
    const { provider, secret } = underWay;
    const answer = await this.#opened(token, 'answer+jwt', await this.#keysOf(provider), provider);
    check(answer.exchange === exchange, 'the answer is of another exchange');
    const state = String(answer.outcome);
    const result =
      state === 'provided' ? { state, records: unsealed(answer, sealed, secret) } : { state };
    if (state !== 'pending') this.#underWay.delete(exchange);
    this.results.set(exchange, result);
    return result;
  }

  async #keysOf(party: string): Promise<JWK[]> {
    const { message } = await read(await fetch(`${this.#options.gateway}/v1/directory`));
    const { entries } = await this.#opened(
      String(message),
      'directory+jwt',
      undefined,
      'gateway',
      'agencies',
    );
    const found = (entries as { code: string; keys: JWK[] }[]).find(({ code }) => code === party);
    return found?.keys ?? [];
  }

  readonly #head = () => ({
    iss: this.#options.agency,
    aud: 'gateway',
    jti: base64url(randomBytes(16)),
    iat: Math.floor(this.#options.now() / 1000),
  });

  async #post(path: string, typ: string, claims: Json): Promise<Json> {
    const response = await fetch(`${this.#options.gateway}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: await this.#signed(typ, claims) }),
    });
    return await read(response);
  }

  /** Compact JWS over canonical JSON (RFC 7515, RFC 8785). */
  async #signed(typ: string, claims: Json): Promise<string> {
    const { signingKey } = this.#options;
    return await new CompactSign(Buffer.from(canonicalize(claims) ?? ''))
      .setProtectedHeader({ alg: 'EdDSA', kid: signingKey.kid, typ })
      .sign(await importJWK(signingKey, 'EdDSA'));
  }

  async #opened(
    token: string,
    typ: string,
    keys: readonly JWK[] = [this.#options.gatewayKey],
    issuer = 'gateway',
    audience = this.#options.agency,
  ): Promise<Json> {
    const { kid } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    const key = keys.find((each) => each.kid === kid);
    check(key !== undefined, 'an unknown key');
    const read = await compactVerify(token, await importJWK(key, 'EdDSA'), {
      algorithms: ['EdDSA'],
    });
    const claims: Json = JSON.parse(Buffer.from(read.payload).toString());
    check(read.protectedHeader.typ === typ, 'another kind of message');
    check(claims.iss === issuer, 'somebody else signed it');
    check([claims.aud].flat().includes(audience), 'it is addressed to somebody else');
    return claims;
  }
}

/** NaCl box: 24 bytes of nonce, then the box. The provider signed the digest of both. */
function unsealed(answer: Json, sealed: unknown, secret: Uint8Array): Json[] {
  const about = answer.sealed as { digest: string; oneTimeKey: string };
  const bytes = Buffer.from(String(sealed), 'base64url');
  check(digest(bytes) === about.digest, 'other bytes than were signed');
  const theirs = Buffer.from(about.oneTimeKey, 'base64url');
  const plain = nacl.box.open(bytes.subarray(24), bytes.subarray(0, 24), theirs, secret);
  check(plain !== null, 'it does not open');
  const { exchange, records } = JSON.parse(Buffer.from(plain).toString());
  check(exchange === answer.exchange, 'it was sealed for another exchange');
  return records;
}

const read = async (from: Request | Response): Promise<Json> => (await from.json()) as Json;

function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(`refused: ${otherwise}`);
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const digest = (of: string | Uint8Array): string =>
  createHash('sha256').update(of).digest('base64url');
