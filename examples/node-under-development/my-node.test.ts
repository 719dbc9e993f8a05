// A node under development, tested against a gateway that MSW plays: permits are decided by the shipped lists and
// signed for real, what is primed happens once, and a call that no gateway answers fails the test.
import { setupServer } from 'msw/node';
import { gatewayHandlers, INFORMATION, informationCode } from 'renkei/testing';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { MyNode } from './my-node.ts';

const KUMAGAYA = '11202';
const MATSUE = '32201';

let node: MyNode;
const gateway = await gatewayHandlers({
  agency: MATSUE,
  agencies: [KUMAGAYA, MATSUE],
  residents: 40,
  // Called in this process; `{ url }` for a node that listens somewhere.
  node: { fetch: (request) => node.fetch(request) },
});
const server = setupServer(...gateway.handlers);
// What nobody answers, at the gateway or elsewhere, fails: here, and in `gateway.check()`.
server.listen({ onUnhandledFrame: 'error' });

beforeEach(async () => {
  await gateway.reset();
  node = new MyNode({
    agency: MATSUE,
    gateway: gateway.url,
    gatewayKey: gateway.gatewayKey,
    signingKey: gateway.agencyKey,
    now: gateway.clock.now,
  });
});
afterEach(() => gateway.check());
afterAll(async () => {
  await gateway.close();
  server.close();
});

const somebody = gateway.network.resident.ordinary(MATSUE, KUMAGAYA, INFORMATION.vaccination);
const question = {
  provider: KUMAGAYA,
  item: '25',
  information: informationCode(INFORMATION.vaccination),
  person: gateway.codeOf(somebody),
};

test('it opens what a provider answers', async () => {
  gateway.next.provide([{ 接種種別: '試験', 接種年月日: '2024-04-01' }]);
  expect(await node.ask(question)).toEqual({
    state: 'provided',
    records: [{ 接種種別: '試験', 接種年月日: '2024-04-01' }],
  });
  expect(gateway.requests).toMatchObject([
    { path: '/v1/permits', status: 201, message: { typ: 'permit-request+jwt' } },
    { path: '/v1/query', status: 200 },
    { path: '/v1/directory', status: 200 },
  ]);
});

test('it understands a denial', async () => {
  gateway.next.deny('information_not_listed');
  expect(await node.ask(question)).toEqual({ state: 'denied', code: 'information_not_listed' });
});

test('it takes an answer that comes later', async () => {
  gateway.next.pending();
  expect(await node.ask(question)).toEqual({ state: 'pending' });
  const [completed] = await gateway.completePending();
  expect(completed).toMatchObject({ delivered: true });
  expect(node.results.get(completed?.exchange ?? '')).toMatchObject({ state: 'provided' });
});

test('a provider that is down is no denial', async () => {
  gateway.next.unavailable();
  expect(await node.ask(question)).toEqual({ state: 'error', code: 'provider_unavailable' });
  gateway.next.timeout();
  expect(await node.ask(question)).toEqual({ state: 'error', code: 'provider_timeout' });
});

test('it waits while the gateway takes its time, and no test waits with it', async () => {
  gateway.next.latency('20s');
  const asked = node.ask(question);
  await gateway.clock.whenWaiting();
  await gateway.clock.advance('20s');
  expect(await asked).toMatchObject({ state: 'provided' });
});

test.each(['permit', 'answer', 'sealed', 'directory'] as const)(
  'it notices a wrong %s',
  async (what) => {
    gateway.next.tamper(what);
    await expect(node.ask(question)).rejects.toThrow();
  },
);

test('it notices a good signature under the wrong words', async () => {
  gateway.next.tamper('permit', (claims) => ({ ...claims, request: claims.jti }));
  await expect(node.ask(question)).rejects.toThrow('the permit is of another request');
  gateway.next.tamper('answer', (claims) => ({ ...claims, exchange: claims.jti }));
  await expect(node.ask(question)).rejects.toThrow('the answer is of another exchange');
});
