import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/protocol/digest.ts';
import { base64url, fromBase64url } from '../../src/protocol/encoding.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import type { Signer } from '../../src/protocol/keys.ts';
import { type Answer, answer } from '../../src/protocol/messages/answer.ts';
import { ALL, expectAgreement, kindsOf } from '../support/agreement.ts';
import { keysOf, signed } from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';

interface Reply {
  message: string;
  sealed?: string;
}
type Change = (reply: Reply, claims: Answer) => Promise<unknown> | unknown;

let net: TestNetwork;
let keys: Awaited<ReturnType<typeof keysOf>>;
/** What becomes of the provider’s answer, or of the gateway’s, on its way. */
let atProvider: Change | undefined;
let atGateway: Change | undefined;
const between: http.Server[] = [];

/** Stands before a party and passes on what it is sent, and what it answers as `change` makes it. */
async function standBefore(
  target: () => string,
  path: string,
  change: () => Change | undefined,
): Promise<string> {
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const init =
      request.method === 'POST'
        ? { method: 'POST', body, headers: { 'content-type': 'application/json' } }
        : {};
    const answered = await fetch(`${target()}${request.url}`, init);
    let text = await answered.text();
    const act = request.url === path && answered.ok ? change() : undefined;
    if (act) {
      const reply: Reply = JSON.parse(text);
      const claims = JSON.parse(
        Buffer.from(reply.message.split('.')[1] ?? '', 'base64url').toString('utf8'),
      );
      const changed = await act(reply, claims);
      text = typeof changed === 'string' ? changed : JSON.stringify(changed);
    }
    response
      .writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? '' })
      .end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  between.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const targets = new Map<string, string>();
  const provider = await standBefore(
    () => targets.get(KUMAGAYA) ?? '',
    '/v1/provide-requests',
    () => atProvider,
  );
  const gateway = await standBefore(
    () => targets.get(GATEWAY) ?? '',
    '/v1/query',
    () => atGateway,
  );
  net = await testNetwork({
    via: (from, to, url) => {
      targets.set(to, url);
      if (from === GATEWAY && to === KUMAGAYA) return provider;
      return from === MATSUE && to === GATEWAY ? gateway : url;
    },
  });
  keys = await keysOf(net);
});
beforeEach(() => {
  atProvider = undefined;
  atGateway = undefined;
});
afterAll(async () => {
  await net.network.close();
  for (const server of between) {
    server.closeAllConnections();
    server.close();
  }
});

const resigned = (claims: Answer, signer: Signer, change: object): Promise<string> =>
  signed(answer, { ...claims, ...change }, signer);
const flipped = (sealed = ''): string => {
  const bytes = Uint8Array.from(fromBase64url(sealed));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  return base64url(bytes);
};
const provider = () => keys.node(KUMAGAYA);
let earlier: Reply | undefined;
const keepEarlier = async (): Promise<Reply> => {
  if (earlier) return earlier;
  atProvider = (reply) => {
    earlier = reply;
    return reply;
  };
  await net.inquire(net.somebody('ordinary'));
  if (!earlier) throw new RangeError('no answer');
  return earlier;
};

const ways: [string, Change][] = [
  ['the answer of another exchange', () => keepEarlier()],
  [
    'its own statement with the bytes of another',
    async (reply) => ({ ...reply, sealed: (await keepEarlier()).sealed }),
  ],
  [
    'its own statement with one bit of the bytes changed',
    (reply) => ({ ...reply, sealed: flipped(reply.sealed) }),
  ],
  ['its own statement without the bytes', ({ message }) => ({ message })],
  ['the bytes in another spelling', (reply) => ({ ...reply, sealed: `${reply.sealed}=` })],
  [
    'a statement signed by somebody else',
    async (reply, claims) => ({ ...reply, message: await resigned(claims, keys.node(MATSUE), {}) }),
  ],
  [
    'a statement about another item',
    async (reply, claims) => ({
      ...reply,
      message: await resigned(claims, provider(), { item: '153' }),
    }),
  ],
  [
    'a statement for another exchange',
    async (reply, claims) => ({
      ...reply,
      message: await resigned(claims, provider(), { exchange: net.newId() }),
    }),
  ],
  [
    'a statement from long before it was asked',
    async (reply, claims) => ({
      ...reply,
      message: await resigned(claims, provider(), { iat: claims.iat - 40 }),
    }),
  ],
  [
    'no_record with bytes',
    async (reply, claims) => {
      const { sealed, ...rest } = claims;
      expect(sealed).toBeDefined();
      return {
        ...reply,
        message: await signed(answer, { ...rest, outcome: 'no_record' }, provider()),
      };
    },
  ],
  ['text that is no statement', (reply) => ({ ...reply, message: 'a.b.c' })],
  ['a field that nobody knows', (reply) => ({ ...reply, more: 1 })],
  ['no JSON', () => '<html>'],
];

describe('a provider that answers wrongly has not answered: the exchange stays open and can be asked again', () => {
  test.each(ways)('%s', async (_, change) => {
    await keepEarlier();
    atProvider = change;
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    expectProblem(await net.inquire(somebody, { id }), 'provider_unavailable');
    const { exchange = '', state } = await net.inquiry(id);
    expect(state).toBe('open');
    expect(kindsOf(net.recordsOf(GATEWAY, exchange))).toEqual(['permitted', 'unanswered']);
    expect(net.network.gateway.gateway.store.read.exchange(exchange)?.state).toBe('permitted');
    atProvider = undefined;
    expect(viewOf(await net.inquire(somebody, { id })).state).toBe('provided');
    expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
  });
});

/** The provider did sign these, for this exchange: only the gateway, which asked, can tell that they are wrong. */
const SIGNED = ['a statement from long before it was asked', 'no_record with bytes'];

describe('the inquirer believes the provider’s signature, not whoever carries it', () => {
  test.each(ways.filter(([way]) => !SIGNED.includes(way)))(
    '%s, from the gateway: nothing is taken; the true answer is, when it is asked again',
    async (_, change) => {
      await keepEarlier();
      atProvider = undefined;
      atGateway = change;
      const somebody = net.somebody('ordinary');
      const id = net.newId();
      const reply = await net.inquire(somebody, { id });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expectProblem(reply, String(reply.json.code));
      const open = await net.inquiry(id);
      expect(open.state).toBe('open');
      expect(open.answer).toBeUndefined();
      expect(kindsOf(net.recordsOf(MATSUE, open.exchange ?? ''))).toEqual([
        'permitted',
        'unanswered',
      ]);
      atGateway = undefined;
      const { exchange = '', state } = viewOf(await net.inquire(somebody, { id }));
      expect([exchange, state]).toEqual([open.exchange, 'provided']);
      const [, ...more] = expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
      expect(more).toEqual([]);
    },
  );
});

test('番号法21条2項: what the gateway relays is what the provider sealed, byte for byte', async () => {
  let sent: Reply | undefined;
  let relayed: Reply | undefined;
  atProvider = (reply) => {
    sent = reply;
    return reply;
  };
  atGateway = (reply) => {
    relayed = reply;
    return reply;
  };
  await net.inquire(net.somebody('ordinary'));
  expect([relayed?.message, relayed?.sealed]).toEqual([sent?.message, sent?.sealed]);
  expect(sent?.message).toBeDefined();
  expect(sha256(sent?.sealed ?? '')).toBe(sha256(relayed?.sealed ?? ''));
});
