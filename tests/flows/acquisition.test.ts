import { afterAll, beforeAll, expect, test } from 'vitest';
import { numericDate } from '../../src/protocol/day.ts';
import { GATEWAY, REGISTRY } from '../../src/protocol/identifiers.ts';
import { type CodeNotice, codeNotice } from '../../src/protocol/messages/code-notice.ts';
import { codeRequest } from '../../src/protocol/messages/code-request.ts';
import { residentCodes } from '../../src/protocol/messages/resident-codes.ts';
import { filesIn, filesWith, temporaryFolder } from '../support/folder.ts';
import { codeOf, keysOf, signed } from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

let net: TestNetwork;
let wire: Wire;
const folder = temporaryFolder();
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({ storage: { kind: 'folder', path: folder } });
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

const claimsIn = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
const noticesOnTheWire = (): CodeNotice[] =>
  wire.passages
    .filter(
      ({ path, request }) =>
        path === '/v1/codes' && claimsIn(JSON.parse(request).message).iss === GATEWAY,
    )
    .map(({ request }) => codeNotice.claims.parse(claimsIn(JSON.parse(request).message)));
const acquisitionsOnTheWire = () =>
  wire.passages
    .filter(({ path }) => path === '/v1/acquisitions')
    .flatMap(({ response }) => JSON.parse(response).acquisitions as { acquisition: string }[])
    .map(({ acquisition }) => acquisition);
const addressNumbers = (agency: string) => {
  const found = net.network.addressNumbers.get(agency);
  if (!found) throw new RangeError(agency);
  return found;
};

test('R-106: one person has another code at each agency, and no code says whose it is', async () => {
  const codes = new Set<string>();
  const people = net.people().filter(({ hasCodeThere }) => hasCodeThere);
  for (const { number, numberThere } of people) {
    codes.add(codeOf(net, MATSUE, number)).add(codeOf(net, KUMAGAYA, numberThere));
  }
  expect(codes.size).toBe(2 * people.length);
});

test('番号法21条の2: a person without a code gets one, and only then can be asked about', async () => {
  const somebody = net.somebody('no-code-there');
  expectProblem(await net.inquire(somebody), 'provider_code_unknown');
  expect(await addressNumbers(KUMAGAYA).acquireCodes([somebody.numberThere])).toBe(1);
  expect(['provided', 'no_record']).toContain(viewOf(await net.inquire(somebody)).state);
  expect(await addressNumbers(KUMAGAYA).acquireCodes([somebody.numberThere])).toBe(0);
});

test('the same person, minted again, has the same code', async () => {
  const { number, individualNumber } = net.somebody('ordinary');
  const resident = net.network.world.residents.find(
    (each) => each.individualNumber === individualNumber,
  );
  const { registry } = await keysOf(net);
  const message = await signed(
    residentCodes,
    {
      iss: REGISTRY,
      aud: GATEWAY,
      jti: net.newId(),
      iat: numericDate(net.clock.now()),
      agency: MATSUE,
      entries: [{ acquisition: net.newId(), residentCode: resident?.residentCode ?? '' }],
    },
    registry.signer,
  );
  const reply = await net.post(GATEWAY, '/v1/codes', { message });
  expect(reply.json).toEqual({ accepted: 1 });
  expect(noticesOnTheWire().at(-1)?.entries[0]?.code).toBe(codeOf(net, MATSUE, number));
  expect(net.network.agency(MATSUE).node.store.read.codeOf(number)).toBe(
    codeOf(net, MATSUE, number),
  );
});

test('a node that is down when its codes come gets the same ones when it asks again', async () => {
  const somebody = net.somebody('no-code-there');
  wire.fault = ({ origin, pathname }) =>
    origin === net.url(KUMAGAYA) && pathname === '/v1/codes' ? 'refused' : undefined;
  const acquire = () => addressNumbers(KUMAGAYA).acquireCodes([somebody.numberThere]);
  await expect(acquire()).rejects.toMatchObject({ code: 'provider_unavailable' });
  wire.fault = undefined;
  const [missed] = noticesOnTheWire().at(-1)?.entries ?? [];
  expect(await acquire()).toBe(1);
  expect(codeOf(net, KUMAGAYA, somebody.numberThere)).toBe(missed?.code);
});

test('the acquisition number, the resident code and the individual number are forgotten everywhere', async () => {
  const acquisitions = acquisitionsOnTheWire();
  expect(acquisitions.length).toBeGreaterThan(50);
  await net.settled();
  await net.network.gateway.checkpoint();
  for (const agency of net.network.agencies.values()) await agency.checkpoint();
  const files = filesIn(folder);
  expect(files.map(({ name }) => name).some((name) => name.endsWith('gateway.sqlite'))).toBe(true);
  // Of the one that was lost on its way, its person has since got a code: it is forgotten with the others.
  for (const acquisition of acquisitions) expect(filesWith(files, acquisition)).toEqual([]);
  const others = files.filter(({ name }) => !name.includes('address-numbers.sqlite'));
  for (const { residentCode, individualNumber } of net.network.world.residents) {
    expect(filesWith(files, residentCode)).toEqual([]);
    expect(filesWith(others, individualNumber)).toEqual([]);
  }
});

test('the registry passes on nobody when one of the persons is nobody, and does not repeat the number', async () => {
  const [known] = net.people();
  const before = wire.passages.length;
  const message = await codesAskedFor([known?.individualNumber ?? '', '123456789018']);
  const reply = await net.post('registry', '/v1/code-requests', { message });
  expectProblem(reply, 'not_found');
  expect(reply.text).not.toContain('123456789018');
  expect(reply.text).toContain('2');
  expect(wire.passages.length).toBe(before);
});

test('the registry believes an address-number system’s own key, not its node’s nor another agency’s', async () => {
  const [known] = net.people();
  const { node, addressNumbers: own } = await keysOf(net);
  for (const signer of [node(MATSUE), own(KUMAGAYA)]) {
    const message = await codesAskedFor([known?.individualNumber ?? ''], signer);
    expectProblem(
      await net.post('registry', '/v1/code-requests', { message }),
      'signature_invalid',
    );
  }
});

test('a request for codes that comes twice is message_replayed', async () => {
  const [known] = net.people();
  const message = await codesAskedFor([known?.individualNumber ?? '']);
  expect((await net.post('registry', '/v1/code-requests', { message })).json).toEqual({
    accepted: 1,
  });
  expectProblem(await net.post('registry', '/v1/code-requests', { message }), 'message_replayed');
});

test('R-501: numbers that are tied to others already are refused, all or none', async () => {
  const [one, other] = net.people();
  if (!one || !other) throw new RangeError('nobody');
  const system = addressNumbers(MATSUE);
  const fresh = { integratedAddressNumber: '999999999999999', individualNumber: '123456789018' };
  const wrong = { integratedAddressNumber: one.number, individualNumber: other.individualNumber };
  await expect(system.register([fresh, wrong])).rejects.toMatchObject({ code: 'state_conflict' });
  await system.register([fresh]);
  await system.register([fresh]);
  await expect(
    system.register([{ ...fresh, integratedAddressNumber: '888888888888888' }]),
  ).rejects.toMatchObject({ code: 'state_conflict' });
});

async function codesAskedFor(individualNumbers: string[], signer?: Parameters<typeof signed>[2]) {
  const keys = await keysOf(net);
  return await signed(
    codeRequest,
    {
      iss: MATSUE,
      aud: REGISTRY,
      jti: net.newId(),
      iat: numericDate(net.clock.now()),
      entries: individualNumbers.map((individualNumber) => ({
        acquisition: net.newId(),
        individualNumber,
      })),
    },
    signer ?? keys.addressNumbers(MATSUE),
  );
}
