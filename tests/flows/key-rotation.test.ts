import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SigningKey } from '../../src/agency/core/keys/ports.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { kidOf } from '../../src/protocol/message.ts';
import { ALL, expectAgreement } from '../support/agreement.ts';
import { temporaryFolder } from '../support/folder.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// a node’s signing key is replaced, announced through the directory, without one failed exchange.

let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
});
afterAll(() => wire.restore());
afterEach(() => {
  wire.fault = undefined;
});

const FIRST = `${KUMAGAYA}.node.1`;
const SECOND = `${KUMAGAYA}.node.2`;
const HOUR = 3_600_000;

const rotate = (net: TestNetwork, agency: string, body: unknown = {}, who = 'kanri') =>
  net.post(agency, '/v1/keys/rotate', body, { token: net.token(agency, who) });
const keysOf = (net: TestNetwork, agency = KUMAGAYA) =>
  net.network.agency(agency).node.keys.known.map(({ kid, state }: SigningKey) => `${kid} ${state}`);
const jwksOf = async (net: TestNetwork, agency = KUMAGAYA) => {
  const { keys } = (await net.get(agency, '/.well-known/jwks.json')).json;
  return (keys as { kid: string }[]).map(({ kid }) => kid).filter((kid) => kid.includes('.node.'));
};
const listed = (net: TestNetwork, agency = KUMAGAYA) =>
  (net.network.gateway.gateway.agencies.find(agency)?.keys ?? [])
    .filter(({ use }) => use === 'node')
    .map(({ kid }) => kid);
const changes = (net: TestNetwork, party: string) =>
  net.records(party).filter(({ kind }) => kind === 'keys_changed');
const answerOf = (net: TestNetwork, exchange = '') =>
  net.network.agency(KUMAGAYA).node.store.read.provision(exchange)?.answer ?? '';
const signedBy = (net: TestNetwork, exchange = '') => kidOf(answerOf(net, exchange));
const provided = async (net: TestNetwork) => {
  const view = viewOf(await net.inquire(net.somebody('ordinary')));
  expect(view.state).toBe('provided');
  return view;
};

test('a new key is made, announced, named by the directory, and signs; the old one counts on, then retires', async () => {
  await using net = await testNetwork();
  const before = await provided(net);
  expect(signedBy(net, before.exchange)).toBe(FIRST);
  expect(await jwksOf(net)).toEqual([FIRST]);
  const version = net.network.agency(MATSUE).node.directory.version;

  const reply = await rotate(net, KUMAGAYA);
  expect(reply.status).toBe(200);
  expect(reply.json.keys).toMatchObject([
    { kid: SECOND, state: 'current' },
    { kid: FIRST, state: 'retiring', retiresAt: '2026-11-23T00:00:00.000Z' },
  ]);
  expect(reply.text).not.toMatch(/seed|secret/);
  expect(await jwksOf(net)).toEqual([SECOND, FIRST]);
  expect(listed(net)).toEqual([SECOND, FIRST]);
  expect([changes(net, GATEWAY).length, changes(net, KUMAGAYA).length]).toEqual([1, 1]);

  const after = await provided(net);
  expect(signedBy(net, after.exchange)).toBe(SECOND);
  // The inquirer met a key that it did not know, and learnt it from the directory.
  expect(net.network.agency(MATSUE).node.directory.version).toBe(version + 1);
  expectAgreement(net, after.exchange ?? '', 'answered', ALL(MATSUE, KUMAGAYA));

  // One at a time; the overlap over, the old key is erased, and another rotation may begin.
  expectProblem(await rotate(net, KUMAGAYA), 'state_conflict');
  net.clock.advance(24 * HOUR);
  await net.network.maintain();
  expect(keysOf(net)).toEqual([`${SECOND} current`, `${FIRST} retired`]);
  expect(await jwksOf(net)).toEqual([SECOND]);
  const old = net.network.agency(KUMAGAYA).node.store.read.keys().at(-1);
  expect(old).toMatchObject({ kid: FIRST, seed: undefined });
  expect((await rotate(net, KUMAGAYA)).status).toBe(200);
  expect(keysOf(net)[0]).toBe(`${KUMAGAYA}.node.3 current`);
  await provided(net);
});

test('only administrators rotate; who looks at keys is in the operation log, as is who rotated', async () => {
  await using net = await testNetwork();
  for (const who of ['tanto', 'jocho', 'kansa', 'gyomu']) {
    expectProblem(await rotate(net, KUMAGAYA, {}, who), 'not_authorised');
  }
  expectProblem(await rotate(net, KUMAGAYA, { now: 'yes' }), 'message_malformed');
  expect(keysOf(net)).toEqual([`${FIRST} current`]);
  await rotate(net, KUMAGAYA);
  const options = { token: net.token(KUMAGAYA, 'kansa') };
  const { keys } = (await net.get(KUMAGAYA, '/v1/keys', options)).json;
  expect(keys).toHaveLength(2);
  const operations = net.network.agency(KUMAGAYA).node.store.read.operations(0, 1000);
  const done = operations.filter(({ operation }) => operation.outcome === 'done');
  expect(done.map(({ operation }) => [operation.actor, operation.operation])).toEqual([
    ['kanri', 'keys.rotate'],
    ['kansa', 'keys.show'],
  ]);
});

test('no exchange fails while both rotate under load', async () => {
  await using net = await testNetwork();
  const people = net.people().filter(({ hasCodeThere, copy }) => hasCodeThere && copy);
  const seen = new Map<string, number>();
  let rotated = 0;
  const inquire = async (at: number) => {
    const somebody = people[at % people.length];
    if (!somebody) throw new RangeError('nobody');
    const reply = await net.inquire(somebody);
    expect(reply.status, reply.text).toBeLessThan(300);
    const { state, exchange } = viewOf(reply);
    expect(['provided', 'pending']).toContain(state);
    const kid = signedBy(net, exchange);
    seen.set(kid, (seen.get(kid) ?? 0) + 1);
  };
  const callers = Array.from({ length: 16 }, async (_, caller) => {
    for (let round = 0; round < 20; round += 1) {
      // In the middle of everything, each of both once.
      if (round === 8 && caller < 2) {
        const reply = await rotate(net, caller === 0 ? KUMAGAYA : MATSUE);
        expect(reply.status, reply.text).toBe(200);
        rotated += 1;
      }
      await inquire(caller * 20 + round);
    }
  });
  await Promise.all(callers);
  await net.settled();
  expect(rotated).toBe(2);
  expect([...seen.keys()].sort()).toEqual([FIRST, SECOND]);
  expect([...seen.values()].reduce((sum, each) => sum + each)).toBe(320);
  const failures = [GATEWAY, MATSUE, KUMAGAYA].flatMap((party) =>
    net.records(party).filter(({ kind }) => kind === 'message_refused' || kind === 'unanswered'),
  );
  expect(failures).toEqual([]);
});

test('what was signed before counts after the key has retired: kept answers, answers asked for again', async () => {
  // Sealed bytes are kept an hour, so the overlap is no longer here.
  await using net = await testNetwork({
    storage: { kind: 'folder', path: temporaryFolder() },
    config: (config) => ({ ...config, keys: { overlapHours: 1 } }),
  });
  // An answer that the inquirer, switched off, has not collected.
  const waiting = viewOf(await net.inquire(await net.flagged({ autoResponseDisabled: true })));
  await net.step('review', waiting.exchange ?? '', 'tanto');
  await net.network.stopAgency(MATSUE);
  await net.step('approve', waiting.exchange ?? '', 'jocho');
  await net.settled();
  // And one whose reply was lost between provider and gateway.
  await net.network.startAgency(MATSUE);
  wire.fault = ({ pathname }) => (pathname === '/v1/provide-requests' ? 'reply-lost' : undefined);
  const lost = net.somebody('ordinary');
  const id = net.newId();
  expect((await net.inquire(lost, { id })).status).toBeGreaterThanOrEqual(500);
  wire.fault = undefined;
  await net.network.stopAgency(MATSUE);

  await rotate(net, KUMAGAYA);
  net.clock.advance(HOUR);
  await net.network.maintain();
  expect(keysOf(net)).toEqual([`${SECOND} current`, `${FIRST} retired`]);
  await net.network.startAgency(MATSUE);
  await net.settled();
  expect((await net.inquiry(waiting.id)).state).toBe('provided');
  expect(signedBy(net, waiting.exchange)).toBe(FIRST);
  const again = viewOf(await net.inquire(lost, { id }));
  expect(again.state).toBe('provided');
  expect(signedBy(net, again.exchange)).toBe(FIRST);
});

test('a key that has retired signs nothing new', async () => {
  await using net = await testNetwork();
  const { node } = net.network.agency(KUMAGAYA);
  const old = node.signer;
  await rotate(net, KUMAGAYA);
  net.clock.advance(24 * HOUR);
  await net.network.maintain();
  // Whoever has it still: the node signs with it once more.
  node.keys.take(node.keys.known, old);
  const reply = await net.inquire(net.somebody('ordinary'));
  expectProblem(reply, 'provider_unavailable');
});

test('with `now`, the old key counts no more at all; what it signed and had not arrived is signed anew', async () => {
  await using net = await testNetwork();
  // Approved, and on its way while the gateway is down.
  const waiting = viewOf(await net.inquire(await net.flagged({ autoResponseDisabled: true })));
  await net.step('review', waiting.exchange ?? '', 'tanto');
  wire.fault = ({ pathname }) => (pathname === '/v1/provide' ? 'refused' : undefined);
  await net.step('approve', waiting.exchange ?? '', 'jocho');
  await net.settled();
  wire.fault = ({ pathname }) => (pathname === '/v1/provide-requests' ? 'reply-lost' : undefined);
  const [lost, id] = [net.somebody('ordinary'), net.newId()];
  await net.inquire(lost, { id });
  wire.fault = undefined;

  const reply = await rotate(net, KUMAGAYA, { now: true });
  expect(reply.json.keys).toMatchObject([
    { kid: SECOND, state: 'current' },
    { kid: FIRST, state: 'revoked' },
  ]);
  expect(await jwksOf(net)).toEqual([SECOND]);
  expect(listed(net)).toEqual([SECOND]);
  await net.network.maintain();
  await net.settled();
  const { state } = await net.inquiry(waiting.id);
  expect(state).toBe('provided');
  expect(signedBy(net, waiting.exchange)).toBe(SECOND);
  const again = viewOf(await net.inquire(lost, { id }));
  expect(again.state).toBe('provided');
  expect(signedBy(net, again.exchange)).toBe(SECOND);
  for (const exchange of [waiting.exchange ?? '', again.exchange ?? '']) {
    // The last record of each is of the statement that arrived.
    const statements = [GATEWAY, MATSUE, KUMAGAYA].map(
      (party) =>
        net.recordsOf(party, exchange).findLast(({ kind }) => kind === 'answered')?.statement,
    );
    expect(new Set(statements).size).toBe(1);
  }
  // A leak is answered at once, whatever overlap runs.
  expect((await rotate(net, KUMAGAYA, { now: true })).status).toBe(200);
  await provided(net);
});

test('while the gateway is down, the rotation waits, the node signs as before, and then it goes on', async () => {
  await using net = await testNetwork();
  wire.fault = ({ pathname, origin }) =>
    pathname === '/v1/keys' && origin === new URL(net.url(GATEWAY)).origin ? 'refused' : undefined;
  const reply = await rotate(net, KUMAGAYA);
  expect(reply.status).toBe(202);
  expect(keysOf(net)).toEqual([`${SECOND} announced`, `${FIRST} current`]);
  expect(await jwksOf(net)).toEqual([FIRST]);
  // Asked again, it is the same rotation.
  expect((await rotate(net, KUMAGAYA)).status).toBe(202);
  expect(keysOf(net)).toHaveLength(2);
  expect(signedBy(net, (await provided(net)).exchange)).toBe(FIRST);
  wire.fault = undefined;
  await net.network.maintain();
  expect(keysOf(net)).toEqual([`${SECOND} current`, `${FIRST} retiring`]);
  expect(signedBy(net, (await provided(net)).exchange)).toBe(SECOND);
});

test.each(['retire', 'revoke'])(
  'the reply to the announcement is lost (%s): the node finds its key in the directory',
  async (old) => {
    await using net = await testNetwork();
    wire.fault = ({ pathname, origin }) =>
      pathname === '/v1/keys' && origin === new URL(net.url(GATEWAY)).origin
        ? 'reply-lost'
        : undefined;
    const reply = await rotate(net, KUMAGAYA, { now: old === 'revoke' });
    wire.fault = undefined;
    expect(reply.status).toBe(200);
    expect(keysOf(net)[0]).toBe(`${SECOND} current`);
    expect([changes(net, GATEWAY).length, changes(net, KUMAGAYA).length]).toEqual([1, 1]);
    await provided(net);
  },
);

test.each(['retire', 'revoke'])(
  'the process ends before it has the reply (%s): after the start it signs with the key that the gateway knows',
  async (old) => {
    await using net = await testNetwork({ storage: { kind: 'folder', path: temporaryFolder() } });
    // Neither the announcement’s reply nor the directory comes through.
    wire.fault = ({ pathname }) => {
      if (pathname === '/v1/keys') return 'reply-lost';
      return pathname === '/v1/directory' ? 'refused' : undefined;
    };
    await rotate(net, KUMAGAYA, { now: old === 'revoke' });
    wire.fault = undefined;
    expect(listed(net)[0]).toBe(SECOND);
    expect(keysOf(net)).toEqual([`${SECOND} announced`, `${FIRST} current`]);
    await net.network.stopAgency(KUMAGAYA);
    await net.network.startAgency(KUMAGAYA);
    expect(keysOf(net)[0]).toBe(`${SECOND} current`);
    expect(changes(net, GATEWAY)).toHaveLength(1);
    expect(signedBy(net, (await provided(net)).exchange)).toBe(SECOND);
  },
);

test('keys survive the end of every process, and their secrets lie sealed', async () => {
  const path = temporaryFolder();
  const storage = { kind: 'folder', path } as const;
  const first = await testNetwork({ storage });
  await rotate(first, KUMAGAYA);
  await rotate(first, MATSUE);
  const keys = [keysOf(first), keysOf(first, MATSUE)];
  const { node } = first.network.agency(KUMAGAYA);
  const [current] = node.store.read.keys();
  const seed = node.vault.open(current?.seed ?? new Uint8Array(), `signing-keys ${SECOND}`);
  const bytes = Buffer.from(await first.network.agency(KUMAGAYA).serialize());
  expect(bytes.includes(Buffer.from(seed))).toBe(false);
  await first.network.close();
  await using second = await testNetwork({ storage });
  expect([keysOf(second), keysOf(second, MATSUE)]).toEqual(keys);
  expect(signedBy(second, (await provided(second)).exchange)).toBe(SECOND);
});

test('R-205: a snapshot carries the keys that were made, and going back takes back those made since', async () => {
  await using net = await testNetwork();
  await rotate(net, KUMAGAYA);
  const snapshot = await net.network.snapshot();
  await rotate(net, KUMAGAYA, { now: true });
  expect(keysOf(net)).toHaveLength(3);
  await provided(net);
  await net.network.restore(snapshot);
  expect(keysOf(net)).toEqual([`${SECOND} current`, `${FIRST} retiring`]);
  expect(listed(net)).toEqual([SECOND, FIRST]);
  expect(signedBy(net, (await provided(net)).exchange)).toBe(SECOND);
  await net.network.reset();
  expect(keysOf(net)).toEqual([`${FIRST} current`]);
  expect(signedBy(net, (await provided(net)).exchange)).toBe(FIRST);
  // The same seed makes the same key again.
  await rotate(net, KUMAGAYA);
  const [again] = net.network.agency(KUMAGAYA).node.keys.known;
  await net.network.reset();
  await provided(net);
  await rotate(net, KUMAGAYA);
  expect(net.network.agency(KUMAGAYA).node.keys.known[0]?.kid).toBe(again?.kid);
});
