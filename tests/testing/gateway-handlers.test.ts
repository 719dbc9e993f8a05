import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MyNode, type MyNodeOptions } from '../../examples/node-under-development/my-node.ts';
import { MessageBody } from '../../src/protocol/bodies.ts';
import { signingKey } from '../../src/protocol/keys.ts';
import {
  gatewayHandlers,
  INFORMATION,
  informationCode,
  UnexpectedCalls,
} from '../../src/testing/index.ts';
import '../../src/testing/vitest.ts';

const KUMAGAYA = '11202';
const MATSUE = '32201';
const agencies = [KUMAGAYA, MATSUE];

const ownSeed = randomBytes(32);
const { publicKey } = await signingKey(ownSeed, 'my-own-key', 'node');

let node: MyNode;
let answering: (request: Request) => Response | Promise<Response>;
const gateway = await gatewayHandlers({
  ...{ agency: MATSUE, agencies, residents: 40, publicKey },
  node: { fetch: (request) => answering(request) },
});
const server = setupServer(...gateway.handlers);
server.listen({ onUnhandledFrame: 'error' });

const nodeWith = (options: Partial<MyNodeOptions> = {}) =>
  new MyNode({
    agency: MATSUE,
    gateway: gateway.url,
    gatewayKey: gateway.gatewayKey,
    signingKey: gateway.agencyKey,
    now: gateway.clock.now,
    ...options,
  });

beforeEach(async () => {
  await gateway.reset();
  node = nodeWith();
  answering = node.fetch;
});
afterEach(() => gateway.check());
afterAll(async () => {
  await gateway.close();
  server.close();
});

const resident = gateway.network.resident.ordinary(MATSUE, KUMAGAYA, INFORMATION.vaccination);
const question = {
  provider: KUMAGAYA,
  item: '25',
  information: informationCode(INFORMATION.vaccination),
  person: gateway.codeOf(resident),
};
const codesOf = () => gateway.requests.map(({ path, code }) => `${path} ${code ?? 'ok'}`);
const post = (path: string, body: unknown) =>
  fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('what nobody primed', () => {
  test('is decided by the shipped lists and answered with what the provider holds', async () => {
    const held = resident
      .copiesAt(KUMAGAYA)
      .find(({ information }) => information === INFORMATION.vaccination);
    expect(await node.ask(question)).toEqual({ state: 'provided', records: held?.records });
    const localTax = informationCode(INFORMATION.localTax);
    expect(await node.ask({ ...question, information: localTax })).toEqual({
      state: 'denied',
      code: 'information_not_listed',
    });
    const [permit] = gateway.network.recordsOf(
      String(gateway.requests[1]?.message?.claims.jti),
    ).gateway;
    expect(permit).toBeUndefined();
  });

  test('the gateway and the provider keep their records of it', async () => {
    await node.ask(question);
    const kinds = (await gateway.network.client(KUMAGAYA).records()).map(({ kind }) => kind);
    expect(kinds).toEqual(['answered']);
  });

  test('a message of another time is refused, and the test sees why', async () => {
    const late = nodeWith({ now: () => gateway.clock.now() - 3_600_000 });
    expect(await late.ask(question)).toEqual({ state: 'error', code: 'clock_skew' });
    expect(gateway.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v1/permits',
        status: 401,
        code: 'clock_skew',
        message: { typ: 'permit-request+jwt', claims: { iss: MATSUE } },
      },
    ]);
    expect(gateway.requests[0]?.detail).toContain('時刻');
  });

  test('a wrong signature, a second spelling and a replay are refused as the gateway does', async () => {
    const stranger = await signingKey(randomBytes(32), gateway.agencyKey.kid, 'node');
    const { x } = stranger.publicKey;
    const impostor = nodeWith({ signingKey: { ...gateway.agencyKey, x, d: '' } });
    await expect(impostor.ask(question)).rejects.toThrow();

    let sent = '';
    server.events.on('request:start', async ({ request }) => {
      if (request.url.endsWith('/v1/permits'))
        sent ||= MessageBody.parse(await request.clone().json()).message;
    });
    await node.ask(question);
    server.events.removeAllListeners('request:start');
    await post('/v1/permits', { message: sent });
    const [header = '', payload = '', signature = ''] = sent.split('.');
    const spaced = Buffer.from(` ${Buffer.from(payload, 'base64url')}`).toString('base64url');
    await post('/v1/permits', { message: `${header}.${spaced}.${signature}` });
    const flipped = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
    await post('/v1/permits', { message: `${header}.${payload}.${flipped}` });
    await post('/v1/permits', { message: sent, more: 1 });
    expect(codesOf()).toEqual([
      '/v1/permits ok',
      '/v1/query ok',
      '/v1/directory ok',
      '/v1/permits message_replayed',
      '/v1/permits message_malformed',
      '/v1/permits signature_invalid',
      '/v1/permits message_malformed',
    ]);
  });

  test('the node’s own key counts, and nobody else’s', async () => {
    const signing = { ...publicKey, d: ownSeed.toString('base64url') };
    expect(await nodeWith({ signingKey: signing }).ask(question)).toMatchObject({
      state: 'provided',
    });
    const other = { ...signing, kid: 'another' };
    expect(await nodeWith({ signingKey: other }).ask(question)).toEqual({
      state: 'error',
      code: 'signature_invalid',
    });
  });

  test('the node under development is asked as a provider also', async () => {
    const asked: string[] = [];
    answering = async (request) => {
      asked.push(new URL(request.url).pathname);
      return new Response(null, { status: 500 });
    };
    const somebody = gateway.network.resident.who({
      inquirer: KUMAGAYA,
      provider: MATSUE,
      codeAtProvider: true,
    });
    const inquiry = gateway.network.client(KUMAGAYA).inquire({
      resident: somebody,
      provider: MATSUE,
      item: '25',
      information: INFORMATION.vaccination,
    });
    await expect(inquiry).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(asked).toEqual(['/v1/provide-requests']);
  });
});

describe('what is primed happens once', () => {
  test.each([
    'inquirer_not_listed',
    'affair_not_listed',
    'provider_not_listed',
    'information_not_listed',
    'list_not_in_force',
    'assessment_breach',
    'code_not_acquired',
    'provider_code_unknown',
  ] as const)('deny %s: signed, recorded, with its ground', async (code) => {
    gateway.next.deny(code);
    // The node verifies the statement with the gateway’s key.
    expect(await node.ask(question)).toEqual({ state: 'denied', code });
    const { store } = gateway.network.network.gateway.gateway;
    const [record] = store.read
      .records(0, 1000)
      .map(({ record }) => record)
      .filter(({ kind }) => kind === 'denied');
    expect(record).toMatchObject({
      kind: 'denied',
      code,
      reasons: [code],
      inquirer: MATSUE,
      provider: KUMAGAYA,
    });
    expect(gateway.requests[0]?.detail).toContain('番号法');
    expect(await node.ask(question)).toMatchObject({ state: 'provided' });
  });

  test('a denial names what the same list does allow', async () => {
    let problem: unknown;
    server.events.on('response:mocked', async ({ response }) => {
      problem = await response.clone().json();
    });
    gateway.next.deny('information_not_listed');
    await node.ask(question);
    server.events.removeAllListeners('response:mocked');
    expect(problem).toBeDenied('information_not_listed', { reasons: ['information_not_listed'] });
    expect(problem).toMatchObject({
      nearest: expect.arrayContaining([expect.objectContaining({ item: '25' })]),
    });
  });

  test('a primed denial waits for a message that the gateway accepts', async () => {
    gateway.next.deny('inquirer_not_listed');
    const late = nodeWith({ now: () => 0 });
    expect(await late.ask(question)).toEqual({ state: 'error', code: 'clock_skew' });
    expect(await node.ask(question)).toEqual({ state: 'denied', code: 'inquirer_not_listed' });
  });

  test('pending, then declined; what the provider holds is as before', async () => {
    gateway.next.pending();
    expect(await node.ask(question)).toEqual({ state: 'pending' });
    const [declined] = await gateway.completePending({ decline: true });
    expect(node.results.get(declined?.exchange ?? '')).toEqual({ state: 'refused' });
    expect(await node.ask(question)).toMatchObject({ state: 'provided' });
  });

  test('a delivery that the node does not take is told', async () => {
    gateway.next.pending();
    await node.ask(question);
    answering = () => new Response(null, { status: 503 });
    expect(await gateway.completePending()).toEqual([
      { exchange: expect.any(String), delivered: false, code: 'provider_unavailable' },
    ]);
  });

  test('a permit may be presented again after the provider was down', async () => {
    gateway.next.unavailable();
    expect(await node.ask(question)).toEqual({ state: 'error', code: 'provider_unavailable' });
    const states = gateway.network.network.gateway.gateway.store.read;
    expect(states.records(0, 100).map(({ record }) => record.kind)).toContain('unanswered');
  });

  test('the gateway itself is down', async () => {
    gateway.next.gatewayDown();
    await expect(node.ask(question)).rejects.toThrow();
    expect(gateway.requests).toMatchObject([{ path: '/v1/permits' }]);
    expect(gateway.requests[0]).not.toHaveProperty('status');
    expect(await node.ask(question)).toMatchObject({ state: 'provided' });
  });

  test('a wrong denial is signed by nobody', async () => {
    gateway.next.deny('assessment_breach');
    gateway.next.tamper('denial');
    await expect(node.ask(question)).rejects.toThrow();
  });
});

describe('what the test did not expect fails it', () => {
  const failure = () => {
    try {
      gateway.check();
    } catch (error) {
      return error instanceof UnexpectedCalls ? error.message : '';
    }
    return 'nothing';
  };

  test('a path that the gateway does not have', async () => {
    expect((await post('/v1/permit', {})).status).toBe(404);
    expect((await fetch(`${gateway.url}/v1/query`)).status).toBe(405);
    expect(failure()).toBe(
      ['POST /v1/permit', 'GET /v1/query']
        .map((each) => `${each}: nobody answers such a request`)
        .join('\n'),
    );
    await gateway.reset();
  });

  test('a request to somebody else', async () => {
    await expect(fetch('http://other.example/v1/permits')).rejects.toThrow();
    expect(failure()).toContain('GET http://other.example/v1/permits');
    await gateway.reset();
    expect(failure()).toBe('nothing');
  });

  test('an outcome that nobody met, or that could not be', async () => {
    gateway.next.deny('inquirer_not_listed');
    expect(failure()).toBe('next.deny() was said and no request met it');
    await gateway.reset();
    const without = gateway.network.resident.withoutCopy(MATSUE, KUMAGAYA, INFORMATION.vaccination);
    gateway.next.pending();
    expect(await node.ask({ ...question, person: gateway.codeOf(without) })).toEqual({
      state: 'no_record',
    });
    expect(failure()).toContain('next.pending(): 11202 holds no such copy');
    await gateway.reset();
  });

  test('also when it ends with the test', async () => {
    const other = await gatewayHandlers({ agency: MATSUE, agencies, residents: 4 });
    other.next.timeout();
    await expect(other[Symbol.asyncDispose]()).rejects.toThrow('next.timeout()');
  });
});

test('a node that listens is delivered to where it listens', async () => {
  const listening = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const request = new Request(`http://node${incoming.url}`, { method: 'POST', body });
    const reply = await node.fetch(request);
    outgoing
      .writeHead(reply.status, { 'content-type': 'application/json' })
      .end(await reply.text());
  }).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = 'https://gateway.example';
  const other = await gatewayHandlers({
    ...{ agency: MATSUE, agencies, residents: 40, url },
    node: { url: `http://127.0.0.1:${port}/` },
  });
  server.use(...other.handlers);
  try {
    node = nodeWith({ gateway: url, now: other.clock.now });
    other.next.pending();
    expect(await node.ask(question)).toEqual({ state: 'pending' });
    expect(await other.completePending()).toMatchObject([{ delivered: true }]);
    expect([...node.results.values()]).toMatchObject([{ state: 'provided' }]);
    other.check();
  } finally {
    server.resetHandlers();
    await other.close();
    listening.close();
    listening.closeAllConnections();
  }
});

test('an agency that takes no part has no node', async () => {
  await expect(gatewayHandlers({ agency: '99999', agencies })).rejects.toMatchObject({
    code: 'agency_unknown',
  });
});
