import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { busyRun } from '../support/busy.ts';
import { watchCalls } from '../support/call.ts';
import { filesIn, temporaryFolder } from '../support/folder.ts';
import { KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';
import { foundIn, unfold } from '../support/unfold.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// Invariant 4: no code of one agency appears in any byte that another agency receives or stores.

const AGENCIES = [KUMAGAYA, MATSUE, '90004'];
const folder = temporaryFolder();
let net: TestNetwork;
let wire: Wire;
/** What callers of each node were told, by the node’s address. */
const told: { origin: string; text: string }[] = [];
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({ agencies: AGENCIES, storage: { kind: 'folder', path: folder } });
  watchCalls(({ url }, { text }) => told.push({ origin: url.origin, text }));
  await busyRun(net, wire);
  for (const agency of AGENCIES) {
    const options = { token: net.token(agency, 'kansa') };
    for (const path of [
      '/v1/records?limit=1000',
      '/v1/reviews',
      '/v1/status',
      '/.well-known/jwks.json',
    ]) {
      await net.get(agency, path, options);
    }
  }
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

const codesOf = (agency: string): string[] =>
  (net.network.world.agencies.get(agency)?.persons ?? [])
    .map((person) =>
      net.network.agency(agency).node.store.read.codeOf(person.integratedAddressNumber),
    )
    .filter((code) => code !== undefined);
const othersCodes = (agency: string) => AGENCIES.filter((each) => each !== agency).flatMap(codesOf);

/** What only the gateway asks, though an agency’s statement may lie in it. */
const ASKED_BY_THE_GATEWAY: readonly string[] = ['/v1/provide-requests', '/v1/deliveries'];

/** All bytes that reached a node: requests to it, and the answers to its own. */
function receivedBy(agency: string): { path: string; text: string }[] {
  const own = net.url(agency);
  const asking = `"iss":"${agency}"`;
  return [
    ...wire.passages
      .filter(({ origin }) => origin === own)
      .map(({ path, request, headers }) => ({ path, text: `${headers}\n${request}` })),
    ...wire.passages
      .filter(({ path }) => !ASKED_BY_THE_GATEWAY.includes(path))
      .filter(({ origin, request }) => origin !== own && unfold(request).includes(asking))
      .map(({ path, response }) => ({ path: `${path} (answer)`, text: response })),
  ];
}

test('each agency has its codes, and they reach it', () => {
  for (const agency of AGENCIES) {
    const codes = codesOf(agency);
    expect(codes.length, agency).toBeGreaterThan(10);
    const received = receivedBy(agency)
      .map(({ text }) => text)
      .join('\n');
    expect(foundIn(received, codes)).toEqual(codes);
  }
  expect(new Set(AGENCIES.flatMap(codesOf)).size).toBe(AGENCIES.flatMap(codesOf).length);
});

test.each(AGENCIES)('no byte that %s receives holds a code of another', (agency) => {
  const received = receivedBy(agency);
  expect(received.length).toBeGreaterThan(0);
  for (const { path, text } of received)
    expect(foundIn(text, othersCodes(agency)), path).toEqual([]);
});

test.each(AGENCIES)('no byte that %s stores holds a code of another', (agency) => {
  const files = filesIn(join(folder, 'agencies', agency));
  expect(files.length).toBeGreaterThan(0);
  for (const { name, bytes } of files) {
    expect(foundIn(bytes.toString('latin1'), othersCodes(agency)), name).toEqual([]);
  }
});

test.each(AGENCIES)(
  'no byte that %s tells its business systems and staff holds a code of another',
  (agency) => {
    const own = told.filter(({ origin }) => origin === net.url(agency));
    expect(own.length).toBeGreaterThan(0);
    for (const { text } of own) expect(foundIn(text, othersCodes(agency))).toEqual([]);
  },
);

test('what the gateway publishes to all, and the registry, hold no code at all', async () => {
  const all = AGENCIES.flatMap(codesOf);
  for (const path of ['/v1/directory', '/v1/permission-lists', '/.well-known/jwks.json']) {
    expect(foundIn((await net.get(GATEWAY, path)).text, all), path).toEqual([]);
  }
  const registry = wire.passages.filter(({ origin }) => origin === net.url('registry'));
  for (const { request, response } of registry)
    expect(foundIn(request + response, all)).toEqual([]);
});

test('the code in a record is the record keeper’s own; at the gateway it is nobody’s code', () => {
  const all = new Set(AGENCIES.flatMap(codesOf));
  for (const agency of AGENCIES) {
    const own = new Set(codesOf(agency));
    for (const { person } of net.records(agency))
      if (person !== undefined) expect(own.has(person)).toBe(true);
  }
  for (const { person } of net.records(GATEWAY))
    if (person !== undefined) expect(all.has(person)).toBe(false);
});
