import { afterAll, beforeAll, expect, test } from 'vitest';
import { pruneLog } from '../../src/address-numbers/core/log/prune.ts';
import { openAddressNumberStore } from '../../src/address-numbers/store/sqlite-store.ts';
import { manualClock } from '../../src/service/clock.ts';
import { atRestOf } from '../support/at-rest.ts';
import { personsOf } from '../support/persons.ts';
import { KUMAGAYA, type TestNetwork, testNetwork } from '../support/test-network.ts';

// The access log is kept as long as the agency’s records are, and held with them.

let net: TestNetwork;
let persons: ReturnType<typeof personsOf>;
beforeAll(async () => {
  net = await testNetwork({ residents: 8 });
  persons = personsOf(net);
}, 60_000);
afterAll(() => net.network.close());

const at = (path: string, body?: object) =>
  net.post(KUMAGAYA, `/v1/log/holds${path}`, body, { token: net.token(KUMAGAYA, 'kansa') });
const to = (day: string) => net.network.advanceTo(Date.parse(`${day}T00:00:00+09:00`));
const verification = async () => (await persons.get('kansa', '/v1/access-log/verification')).json;
const operations = async () => (await persons.log()).map(({ operation }) => operation);

test('lines go when their time is over, never earlier, and not past one that is held', async () => {
  const [{ integratedAddressNumber }, { integratedAddressNumber: other }] = [
    persons.person(0),
    persons.person(1),
  ];
  expect((await persons.show('tanto', other)).status).toBe(200);
  expect((await persons.show('tanto', integratedAddressNumber)).status).toBe(200);
  const [first] = await persons.log();
  const hold = await at('', { reason: 'investigation', integratedAddressNumber });
  expect(hold.status).toBe(201);
  await to('2033-11-22');
  expect((await persons.log())[0]).toEqual(first);
  // The node vouches for the time that the gateway signed half a day before.
  await to('2033-11-24');
  const left = await persons.log();
  expect(left[0]).toMatchObject({ operation: 'persons.show', person: integratedAddressNumber });
  expect(await operations()).toContain('log.prune');
  expect(await verification()).toMatchObject({ pruned: Number(left[0]?.seq) - 1 });
  expect((await verification()).broken).toBeUndefined();
  expect((await at(`/${hold.json.id}/release`, {})).status).toBe(200);
  await to('2033-11-25');
  expect((await persons.log())[0]?.at).toMatch(/^2033/);
  expect((await verification()).broken).toBeUndefined();
});

test('without a node that says what is held, nothing goes', async () => {
  const before = await persons.log();
  await net.network.stopAgency(KUMAGAYA);
  await to('2042-01-01');
  expect((await persons.log()).slice(0, before.length)).toEqual(before);
  await net.network.startAgency(KUMAGAYA);
  await net.network.maintain();
  expect((await persons.log())[0]?.seq).toBeGreaterThan(Number(before.at(-1)?.seq));
});

test('a clock that runs ahead deletes nothing: the gateway does not vouch for its time', async () => {
  const clock = manualClock('2026-11-22T09:00:00+09:00');
  const store = openAddressNumberStore({ path: ':memory:', atRest: atRestOf('keys'), clock });
  const line = { actorKind: 'staff', actor: 'tanto', operation: 'persons.find' } as const;
  await store.transact((tx) => tx.noteAccess({ at: clock.now(), ...line, outcome: 'done' }));
  let vouched: number | undefined = clock.now();
  const system = {
    store,
    clock,
    keepMonths: 84,
    node: { held: async () => ({ vouched, holds: [] }) },
  };
  clock.advance(20 * 366 * 86_400_000);
  await pruneLog(system);
  vouched = undefined;
  await pruneLog(system);
  expect(store.read.verifyLog()).toEqual({ lines: 1, pruned: 0 });
  vouched = clock.now();
  await pruneLog(system);
  expect(store.read.verifyLog()).toEqual({ lines: 2, pruned: 1 });
  await store.commits.close();
});
