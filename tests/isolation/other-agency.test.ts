import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readySecrets } from '../../src/network/principals.ts';
import { codeNotice } from '../../src/protocol/messages/code-notice.ts';
import { correctionNotice } from '../../src/protocol/messages/correction-notice.ts';
import { correctionRequest } from '../../src/protocol/messages/correction-request.ts';
import { delivery } from '../../src/protocol/messages/delivery.ts';
import { provideRequest } from '../../src/protocol/messages/provide-request.ts';
import { oneTimeCodes } from '../../src/service/one-time-codes.ts';
import { type Route, routesOf } from '../privacy/routes.ts';
import { assertion, enter, keyPair, logIn } from '../support/business-system.ts';
import { call } from '../support/call.ts';
import { keysOf, provideRequestClaims, signAnything } from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import { KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';
import { type Attempt, attemptsOf } from './attempts.ts';
import { furnish, type Holdings } from './holdings.ts';
import { inPath, isSigned } from './identifiers.ts';
import { secretsOf, told } from './secrets.ts';

// 松江 tries to reach what 熊谷 keeps, through every endpoint that the nodes and the address-number systems
// publish, with everything by which it is known anywhere, and by every identifier that 熊谷 gives.

let net: TestNetwork;
let own: Holdings;
let theirs: Holdings;
let secrets: readonly string[];
const routes = new Map<string, readonly Route[]>();
const SYSTEM = ' address-numbers';
const partiesOf = (agency: string) => [agency, `${agency}${SYSTEM}`];
beforeAll(async () => {
  net = await testNetwork();
  theirs = await furnish(net, KUMAGAYA, MATSUE, 'kumagaya');
  own = await furnish(net, MATSUE, KUMAGAYA, 'matsue');
  secrets = secretsOf(net, theirs);
  for (const agency of [KUMAGAYA, MATSUE]) {
    for (const party of partiesOf(agency)) routes.set(party, await routesOf(net, party));
  }
}, 60_000);
afterAll(() => net.network.close());

const CALLERS = ['gyomu', 'atena', 'tanto', 'tanto2', 'jocho', 'kanri', 'kansa'];
/** Whoever asks is answered: that it is there, which keys it signs with, hashes, how it is; and nothing of anybody. */
const FOR_EVERYBODY = new Set([
  ...['GET /healthz', 'GET /readyz', 'GET /v1/status', 'GET /.well-known/jwks.json'],
  ...['GET /log/checkpoint', 'GET /log/tile/{path}', 'GET /v1/log/consistency/{from}/{to}'],
]);
/** Where one is let in: credentials of another agency’s are tried below. */
const DOORS = new Set(['POST /v1/sessions', 'POST /v1/token']);
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

async function send({ route, url, type, body = '' }: Attempt, token: string) {
  const reply = await call(
    `${net.url(route.party)}${url}`,
    route.method === 'POST' ? body : undefined,
    {
      token,
      ...(type !== undefined && { headers: { 'content-type': type } }),
    },
  );
  return { ...reply, code: reply.status < 400 ? undefined : String(reply.json.code) };
}

describe('at the other’s', () => {
  test('no token of one’s own opens any endpoint, whatever is asked', async () => {
    const tokens = [
      ...partiesOf(MATSUE).flatMap((party) => CALLERS.map((who) => net.token(party, who))),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const route of partiesOf(KUMAGAYA).flatMap((party) => routes.get(party) ?? [])) {
      const [attempt] = attemptsOf(route, theirs, theirs);
      if (!attempt) throw new RangeError(`nothing to ask of ${nameOf(route)}`);
      for (const token of tokens) {
        const { text, code, status } = await send(attempt, token);
        const sent = `${attempt.url} ${attempt.body}`;
        expect(told(text, secrets, sent), attempt.what).toEqual([]);
        if (FOR_EVERYBODY.has(nameOf(route))) expect([undefined, 'not_found']).toContain(code);
        else if (isSigned(route) || DOORS.has(nameOf(route)))
          expect(status).toBeGreaterThanOrEqual(400);
        else expect(code, attempt.what).toBe('not_authenticated');
      }
    }
  }, 60_000);

  test('what its node signs is no message of the gateway’s, under either key’s name', async () => {
    const { node, gateway } = await keysOf(net);
    const kinds: Readonly<Record<string, { readonly typ: string; readonly claims: object }>> = {
      '/v1/provide-requests': { typ: provideRequest.typ, claims: {} },
      '/v1/deliveries': {
        typ: delivery.typ,
        claims: { exchange: theirs.exchange, answer: 'a.b.c' },
      },
      '/v1/correction-notices': {
        typ: correctionNotice.typ,
        claims: { exchange: theirs.exchange, correction: 'a.b.c' },
      },
      '/v1/correction-requests': {
        typ: correctionRequest.typ,
        claims: {
          ...{ exchange: theirs.exchange, request: net.newId(), corrects: 'A'.repeat(43) },
          facts: { item: '26' },
        },
      },
      '/v1/codes': {
        typ: codeNotice.typ,
        claims: { entries: [{ acquisition: net.newId(), code: 'A'.repeat(22) }] },
      },
    };
    const all = (routes.get(KUMAGAYA) ?? []).filter(isSigned).map(({ path }) => path);
    expect(all.sort()).toEqual(Object.keys(kinds).sort());
    const asked = provideRequestClaims(net, net.somebody('ordinary'));
    for (const [path, { typ, claims }] of Object.entries(kinds)) {
      const { iss, aud, jti, iat } = asked;
      const whole = path === '/v1/provide-requests' ? asked : { iss, aud, jti, iat, ...claims };
      const signer = node(MATSUE);
      const forged = { ...signer, kid: gateway.signer.kid };
      for (const message of [
        await signAnything(typ, whole, signer),
        await signAnything(typ, whole, forged),
      ]) {
        const reply = await net.post(KUMAGAYA, path, { message });
        expectProblem(reply, 'signature_invalid');
      }
    }
  });

  test('its staff’s passwords and its systems’ keys let nobody in', async () => {
    for (const user of ['tanto', 'jocho', 'kanri', 'kansa']) {
      const { password, secret } = readySecrets(net.network.config.seed, MATSUE, user);
      const code = oneTimeCodes.codeAt(secret, net.clock.now());
      const reply = await net.post(KUMAGAYA, '/v1/sessions', { user, password, code });
      expectProblem(reply, 'not_authenticated');
    }
    const key = await keyPair();
    expect((await enter(net, { id: 'kenko', keys: [key.publicJwk] })).status).toBe(201);
    for (const [system, aud] of [
      ['kenko', MATSUE],
      ['kenko', KUMAGAYA],
      ['gyomu', KUMAGAYA],
      [theirs.system, KUMAGAYA],
    ] as const) {
      const token = await assertion(net, system, key, { claims: { aud } });
      expectProblem(await logIn(net, token, KUMAGAYA), 'not_authenticated');
    }
  });
});

describe('at one’s own', () => {
  /** What nothing of theirs can be put into; and an end of one’s own session would be the end of the sweep. */
  const NOT_SWEPT = new Set(['POST /v1/sessions/end', 'POST /v1/keys/rotate', 'POST /v1/token']);
  /** Whatever it is called, it is one’s own. */
  const MAKES_ITS_OWN = new Set(['POST /v1/departments/{code}']);
  const swept = () =>
    partiesOf(MATSUE)
      .flatMap((party) => routes.get(party) ?? [])
      .filter((route) => !NOT_SWEPT.has(nameOf(route)) && !isSigned(route));
  const kept = async () => [
    await net.network.agency(KUMAGAYA).serialize(),
    await net.addressNumbers(KUMAGAYA).serialize(),
  ];

  test('identifiers are theirs: their own people find what each names', async () => {
    for (const route of partiesOf(KUMAGAYA).flatMap((party) => routes.get(party) ?? [])) {
      if (route.method !== 'GET' || [...inPath(route).values()].every((kind) => !kind)) continue;
      const [attempt] = attemptsOf(route, theirs, theirs);
      const found: number[] = [];
      for (const who of attempt ? CALLERS : []) {
        if (attempt) found.push((await send(attempt, net.token(route.party, who))).status);
      }
      expect(found, nameOf(route)).toContain(200);
    }
  });

  // Paths first: bodies with their names make things of one’s own that have the same.
  test.each(['path', 'elsewhere'] as const)(
    'nothing of theirs is found by their identifiers: %s',
    async (where) => {
      const before = await kept();
      let tried = 0;
      /** To be told one’s own words is no news. */
      let said = '';
      for (const route of swept()) {
        for (const attempt of attemptsOf(route, own, theirs)) {
          if (attempt.where !== where) continue;
          const codes: (string | undefined)[] = [];
          said += ` ${attempt.url} ${attempt.body}`;
          for (const who of CALLERS) {
            const { code, text } = await send(attempt, net.token(route.party, who));
            codes.push(code);
            expect(told(text, secrets, said), `${attempt.what} as ${who}`).toEqual([]);
          }
          tried += codes.length;
          // It was no slip of form that kept everybody out.
          expect(new Set(codes), attempt.what).not.toEqual(new Set(['message_malformed']));
          if (where === 'elsewhere' || MAKES_ITS_OWN.has(nameOf(route))) continue;
          expect(codes, attempt.what).toContain('not_found');
          expect(
            codes.filter((code) => !['not_found', 'not_authorised'].includes(code ?? '')),
            attempt.what,
          ).toEqual([]);
        }
      }
      expect(tried).toBeGreaterThan(200);
      await net.settled();
      expect(await kept()).toEqual(before);
    },
    60_000,
  );

  test('and nothing of one’s own has come to them', async () => {
    const ours = secretsOf(net, own);
    for (const bytes of await kept()) {
      const text = Buffer.from(bytes).toString('utf8');
      expect(told(text, ours, '')).toEqual([]);
    }
  });
});
