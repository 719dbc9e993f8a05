import { type AddressNumbersClient, addressNumbers, type Fetch, NodeError } from 'renkei/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../../src/network/world/seeded.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';
import { personsOf, VACCINATING } from '../support/persons.ts';
import { KUMAGAYA, type TestNetwork, testNetwork } from '../support/test-network.ts';
import { all, thrownBy, unreached } from './support.ts';

// Each function of an address-number system’s client, once; last, that no operation was left out.

const PARTY = `${KUMAGAYA} address-numbers`;
const chance = seeded('client of address numbers');
const freshNumber = () => individualNumberWithCheckDigit(chance.digits(11));
const freshOwn = () => `000009${chance.digits(9)}`;

let net: TestNetwork;
let persons: ReturnType<typeof personsOf>;
const called = new Set<string>();
const noted: Fetch = (url, init) => {
  called.add(`${init.method} ${new URL(url).pathname}`);
  return fetch(url, init);
};
const as = (who: string): AddressNumbersClient =>
  addressNumbers({ system: net.url(PARTY), token: net.token(PARTY, who), fetch: noted });

beforeAll(async () => {
  net = await testNetwork({ agencies: [KUMAGAYA], residents: 24 });
  persons = personsOf(net);
});
afterAll(() => net.network.close());

const basicsOf = (at: number) => {
  const { name, kana, birthDate, sex, address } = persons.person(at);
  return { name, kana, birthDate, sex, address };
};

test('persons are found by number, shown, and confirmed item by item', async () => {
  const { individualNumber, integratedAddressNumber } = persons.person();
  const tanto = as('tanto').persons;
  const affair = VACCINATING;
  expect(await tanto.find({ affair, individualNumber })).toBe(integratedAddressNumber);
  expect(await as('jocho').persons.individualNumber(integratedAddressNumber, affair)).toBe(
    individualNumber,
  );
  const shown = await tanto.show(integratedAddressNumber, affair);
  expect(shown.basics).toEqual(basicsOf(0));
  const told = { ...basicsOf(0), address: '別の住所' };
  const compared = await tanto.confirm({ affair, integratedAddressNumber, ...told });
  expect(compared).toMatchObject({
    identical: false,
    items: { name: 'match', address: 'no_match' },
  });
  const nobody = await thrownBy(() => tanto.find({ affair, individualNumber: freshNumber() }));
  expect(nobody).toMatchObject({ name: 'NodeError', code: 'not_found', status: 404 });
  const wrong = '123456789012';
  const error = await thrownBy(() => tanto.find({ affair, individualNumber: wrong }));
  if (!(error instanceof NodeError)) throw error;
  expect(error.code).toBe('message_malformed');
  expect(JSON.stringify(error) + error.message).not.toContain(wrong);
});

test('persons are registered, changed, given numbers and codes; their data becomes copies', async () => {
  const tanto = as('tanto').persons;
  const affair = VACCINATING;
  const basics = { ...basicsOf(1), name: '架空　太郎', kana: 'カクウ　タロウ' };
  const addressNumber = freshOwn();
  const system = 'gyomu';
  const person = await tanto.register({
    affair,
    basics,
    addressNumbers: [{ system, addressNumber }],
  });
  await tanto.changeBasics(person, affair, { address: '埼玉県熊谷市見本町2丁目' });
  await tanto.setIndividualNumber(person, affair, {
    ...{ individualNumber: freshNumber(), reason: 'assigned' },
  });
  await tanto.tie(person, affair, { system, addressNumber: freshOwn() });
  const shown = await tanto.show(person, affair);
  expect(shown).toMatchObject({ hasIndividualNumber: true, source: 'entered' });
  expect(shown.addressNumbers).toHaveLength(2);
  expect(shown.basics?.address).toBe('埼玉県熊谷市見本町2丁目');
  expect(await tanto.alike(person)).toEqual([]);
  // The registry knows nobody by that number, so there is no code.
  const unknown = await thrownBy(() => tanto.acquireCodes([person], affair));
  expect(unknown).toMatchObject({ code: 'not_found', status: 404 });
  const [held] = net.network.world.agencies.get(KUMAGAYA)?.copies ?? [];
  if (!held) throw new Error('nothing is held');
  const { information, layoutVersion } = held;
  const copy = { addressNumber, information, layoutVersion, records: [...held.records] };
  expect(await as('gyomu').persons.link(affair, [copy])).toEqual({ copies: 1, changed: 1 });
});

test('merges and splits are proposed by one and decided on by another', async () => {
  const [tanto, jocho] = [as('tanto'), as('jocho')];
  const stays = persons.person(2).integratedAddressNumber;
  const addressNumbers = [{ system: 'gyomu', addressNumber: freshOwn() }];
  const again = { affair: VACCINATING, basics: basicsOf(2), addressNumbers };
  const goes = await tanto.persons.register(again);
  expect(await tanto.persons.alike(stays)).toEqual([goes]);
  const merge = await tanto.changes.merge({ stays, goes });
  expect(await tanto.changes.list()).toEqual([merge]);
  expect(await jocho.changes.approve(merge.id)).toMatchObject({
    state: 'done',
    decidedBy: 'jocho',
  });
  expect(await tanto.changes.show(merge.id)).toMatchObject({ state: 'done' });
  const split = await tanto.changes.split({
    ...{ from: stays, to: goes, numberOf: 'from', basics: basicsOf(2) },
  });
  expect(await jocho.changes.decline(split.id)).toMatchObject({ state: 'declined' });
});

test('grants are given and withdrawn; every access is in a log that shows meddling', async () => {
  const jocho = as('jocho').grants;
  const { grants, callers } = await jocho.list();
  expect(callers.map(({ id }) => id)).toContain('tanto2');
  expect(grants.length).toBeGreaterThan(0);
  const grant = { kind: 'staff', caller: 'tanto2', department: '国保年金課' } as const;
  const given = await jocho.give({ ...grant, affairs: [VACCINATING], rights: ['find'] });
  expect(given).toMatchObject({ caller: 'tanto2', givenBy: 'jocho', rights: ['find'] });
  await jocho.withdraw(given.id);
  await jocho.give({ ...grant, affairs: ['*'], rights: ['show'] });
  expect(await jocho.withdrawAll({ kind: 'staff', caller: 'tanto2' })).toBeGreaterThan(0);
  const kansa = as('kansa').accessLog;
  const lines = await all(kansa.list({ limit: 3, actor: 'tanto' }));
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.every(({ actor }) => actor === 'tanto')).toBe(true);
  const verified = await kansa.verify();
  expect(verified.broken).toBeUndefined();
  expect(verified.lines).toBeGreaterThan(lines.length);
});

test('every operation of its OpenAPI document was reached', async () => {
  const anybody = as('tanto');
  expect([await anybody.live(), await anybody.ready()]).toEqual([true, true]);
  expect(await unreached(net, PARTY, called)).toEqual([]);
});
