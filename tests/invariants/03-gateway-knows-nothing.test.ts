import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { derived } from '../../src/network/keys.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { systemRandomness } from '../../src/service/randomness.ts';
import { busyRun } from '../support/busy.ts';
import { filesIn, filesWith, temporaryFolder } from '../support/folder.ts';
import { KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';
import { foundIn, unfold } from '../support/unfold.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// Invariant 3: the gateway's memory, database and logs never hold plaintext of an answer, an individual number,
// a name or another party's secret key; of a resident code, only what is needed to mint the same code again.

let net: TestNetwork;
let wire: Wire;
const folder = temporaryFolder();
/** Every one-time secret (32 bytes) that a node drew. */
const oneTimeSecrets: Uint8Array[] = [];
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({
    storage: { kind: 'folder', path: folder },
    overrides: () => ({
      randomness: {
        bytes(length) {
          const drawn = systemRandomness.bytes(length);
          if (length === 32) oneTimeSecrets.push(Uint8Array.from(drawn));
          return drawn;
        },
      },
    }),
  });
  await busyRun(net, wire);
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

/** What an answer says of somebody and nothing else does: values long enough not to occur by chance. */
const plaintexts = (): Set<string> =>
  new Set(
    [...net.network.world.agencies.values()]
      .flatMap(({ copies }) =>
        copies.flatMap(({ records }) => records.flatMap((row) => Object.entries(row))),
      )
      .flatMap(([item, value]) => [item, String(value)])
      .filter((text) => Buffer.byteLength(text) >= 9 && /[^0-9-]/.test(text)),
  );
const namesAndNumbers = (): Set<string> =>
  new Set([
    ...net.network.world.residents.flatMap((each) => [
      each.individualNumber,
      each.name,
      each.kana,
      each.address,
    ]),
    ...[...net.network.world.agencies.values()].flatMap(({ persons }) =>
      persons.flatMap((each) => [each.integratedAddressNumber, each.addressNumber]),
    ),
  ]);
const residentCodes = () => net.network.world.residents.map(({ residentCode }) => residentCode);

/** Everything that went to the gateway or came from it, in JSON as it was sent. */
const throughTheGateway = () =>
  wire.passages
    .filter(({ origin }) => origin === net.url(GATEWAY))
    .concat(wire.passages.filter(({ request }) => unfold(request).includes('"iss":"gateway"')))
    .map((passage) => ({
      ...passage,
      text: `${passage.headers}\n${passage.request}\n${passage.response}`,
    }));
const atTheGateway = () =>
  filesIn(folder).filter(({ name }) => /gateway\.sqlite|renkei\.log/.test(name));

test('the run was busy, and its secrets, numbers and words are there to be found elsewhere', () => {
  expect(oneTimeSecrets.length).toBeGreaterThan(15);
  expect(plaintexts().size).toBeGreaterThan(100);
  expect(throughTheGateway().length).toBeGreaterThan(40);
  const provider = filesIn(join(folder, 'agencies', KUMAGAYA));
  const [name = ''] = net.network.world.residents
    .filter(({ municipality }) => municipality === KUMAGAYA)
    .map((each) => each.name);
  expect(filesWith(provider, name)).not.toEqual([]);
});

test('nothing that passes the gateway says what an answer says, or whom it is about', () => {
  const needles = [...plaintexts(), ...namesAndNumbers()];
  for (const { path, text } of throughTheGateway())
    expect(foundIn(text, needles), path).toEqual([]);
});

test('its database, write-ahead log and log hold none of it, before a checkpoint and after', async () => {
  const needles = [...plaintexts(), ...namesAndNumbers(), ...residentCodes()];
  for (const when of ['before', 'after']) {
    const files = atTheGateway();
    expect(files.map(({ name }) => name.split('/').at(-1)).sort()).toEqual(
      expect.arrayContaining(['gateway.sqlite', 'renkei.log']),
    );
    for (const { name, bytes } of files) {
      expect(foundIn(bytes.toString('utf8'), needles), `${name} ${when}`).toEqual([]);
      expect(foundIn(bytes.toString('latin1'), needles), `${name} ${when}`).toEqual([]);
    }
    await net.network.gateway.checkpoint();
  }
});

test('the resident codes reach it in one message and leave no trace', () => {
  const bearing = throughTheGateway().filter(
    ({ text }) => foundIn(text, residentCodes()).length > 0,
  );
  expect(new Set(bearing.map(({ path }) => path))).toEqual(new Set(['/v1/codes']));
  for (const { request } of bearing) expect(unfold(request)).toContain('"iss":"registry"');
});

test('no secret key of another party is in its files, nor in anything that passes it', () => {
  const { seed, agencies } = net.network.config;
  const longTerm = agencies.flatMap(({ code }) =>
    ['node', 'address-numbers'].map((use) => derived(seed, 'signing', code, use)),
  );
  const files = atTheGateway();
  const wireBytes = [
    {
      name: 'wire',
      bytes: Buffer.from(
        throughTheGateway()
          .map(({ text }) => unfold(text))
          .join('\n'),
      ),
    },
  ];
  for (const secret of [
    ...longTerm,
    derived(seed, 'signing', 'registry', 'registry'),
    ...oneTimeSecrets,
  ]) {
    expect(filesWith(files, secret)).toEqual([]);
    expect(filesWith(wireBytes, secret)).toEqual([]);
  }
});

test('journal and control plane tell the operator no person, no content and no credential', async () => {
  const needles = [...plaintexts(), ...namesAndNumbers(), ...residentCodes()];
  const credentials = [...net.network.credentials.values()].flatMap((each) => [
    each.businessSystem,
    each.addressNumbers,
    ...Object.values(each.staff),
  ]);
  const codes = net
    .people()
    .map(({ number }) => net.network.agency(MATSUE).node.store.read.codeOf(number) ?? '?');
  for (const path of [
    '/v1/journal?limit=10000',
    '/v1/parties',
    '/healthz',
    '/readyz',
    '/openapi.json',
  ]) {
    const { text } = await net.get('control', path);
    expect(foundIn(text, [...needles, ...credentials, ...codes]), path).toEqual([]);
  }
  expect(net.network.journal.last).toBeGreaterThan(50);
});

test('what stays of a resident code is a keyed digest: no unkeyed digest of it either', async () => {
  const { createHash } = await import('node:crypto');
  const files = atTheGateway();
  for (const code of residentCodes()) {
    for (const algorithm of ['sha256', 'sha1', 'md5', 'sha512']) {
      expect(filesWith(files, createHash(algorithm).update(code).digest())).toEqual([]);
    }
  }
});

test('node databases hold no individual number and no resident code: only the address-number system ties them', async () => {
  for (const agency of net.network.agencies.values()) await agency.checkpoint();
  const numbers = net.network.world.residents.map(({ individualNumber }) => individualNumber);
  for (const { name, bytes } of filesIn(folder)) {
    if (/address-numbers\.sqlite/.test(name)) continue;
    const text = bytes.toString('latin1');
    expect(foundIn(text, numbers), name).toEqual([]);
    expect(foundIn(text, residentCodes()), name).toEqual([]);
  }
});
