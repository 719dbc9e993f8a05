import { afterAll, beforeAll, expect, test } from 'vitest';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { personsOf } from '../support/persons.ts';
import { expectProblem } from '../support/problem.ts';
import { KUMAGAYA, type TestNetwork, testNetwork, viewOf } from '../support/test-network.ts';

// data for linkage goes from the business systems through the address-number system to the node.

let net: TestNetwork;
let persons: ReturnType<typeof personsOf>;
beforeAll(async () => {
  net = await testNetwork();
  persons = personsOf(net);
});
afterAll(() => net.network.close());

const TAX = '地方税関係情報';
const tax = (year: number, income: number) => ({
  ...{ 課税年度: year, 合計所得金額: income, 総所得金額等: income },
  ...{ 所得割額: 1000, 均等割額: 4000, 扶養人数: 1 },
});
const copyOf = (at: number, more: object = {}) => ({
  addressNumber: persons.person(at).addressNumber,
  information: TAX,
  layoutVersion: 'X-1',
  records: [tax(2026, 1_000_000)],
  ...more,
});
const link = (...copies: object[]) => persons.ask('gyomu', '/v1/linkage', { copies });
const held = (at: number) =>
  net.network
    .agency(KUMAGAYA)
    .node.store.read.copyVersions(persons.person(at).integratedAddressNumber, informationCode(TAX));

test('R-504: originals become copies of the persons whom the system’s own numbers name', async () => {
  const published = '2026-06-01';
  const reply = await link(copyOf(0, { published }), copyOf(1, { published }));
  expect(reply.json, reply.text).toEqual({ copies: 2, changed: 2 });
  for (const at of [0, 1]) {
    expect(held(at).at(-1)).toMatchObject({
      published,
      layoutVersion: 'X-1',
      datedBy: '課税年度',
      records: JSON.stringify([tax(2026, 1_000_000)]),
    });
  }
  expect((await link(copyOf(0, { published }), copyOf(1, { published }))).json).toEqual({
    copies: 2,
    changed: 0,
  });
  const operations = net.network.agency(KUMAGAYA).node.store.read.operations(0, 100_000);
  expect(operations.at(-1)?.operation).toMatchObject({
    ...{ actor: 'atena', operation: 'copies.import', count: 2, information: informationCode(TAX) },
  });
  const { integratedAddressNumber: person } = persons.person(0);
  const lines = await persons.log(`person=${person}&actor=gyomu`);
  expect(lines.at(-1)).toMatchObject({ operation: 'persons.link', outcome: 'done' });
});

test('a restriction stays unless it is said to go (R-209)', async () => {
  const flagged = copyOf(2, { nonDisclosable: true, autoResponseDisabled: true });
  await link(flagged);
  await link(copyOf(2, { records: [tax(2026, 2)] }));
  expect(held(2).at(0)).toMatchObject({ nonDisclosable: true, autoResponseDisabled: true });
  await link(copyOf(2, { nonDisclosable: false, autoResponseDisabled: false }));
  expect(held(2).at(0)).toMatchObject({ nonDisclosable: false, autoResponseDisabled: false });
});

test('all or none: a wrong form, an unknown number, one person twice', async () => {
  const before = held(3);
  const good = copyOf(3, { records: [tax(2026, 77)] });
  for (const [wrong, code, more] of [
    [copyOf(4, { records: [{ 課税年度: 'きのう' }] }), 'message_malformed', { copy: 1 }],
    [copyOf(4, { layoutVersion: 'Z-9' }), 'message_malformed', { copy: 1 }],
    [copyOf(4, { published: '2026-04-02', ended: '2026-04-01' }), 'message_malformed', { copy: 1 }],
    [copyOf(4, { addressNumber: '000000000000000' }), 'not_found', { copy: 1 }],
    [good, 'state_conflict', { copies: [0, 1] }],
  ] as const) {
    const reply = await link(good, wrong);
    expectProblem(reply, code);
    expect(reply.json).toMatchObject(more);
    expect(held(3)).toEqual(before);
  }
});

test('is for business systems with the right to it, each with its own numbers', async () => {
  const copies = [copyOf(5)];
  for (const who of ['tanto', 'jocho', 'kansa', 'atena']) {
    expectProblem(await persons.ask(who, '/v1/linkage', { copies }), 'not_authorised');
  }
  const token = net.token(KUMAGAYA, 'gyomu');
  const direct = await net.post(KUMAGAYA, '/v1/copies/linkage', { copies: [] }, { token });
  expectProblem(direct, 'message_malformed');
});

test('what two numbers of a merged person bring is one person’s', async () => {
  const { integratedAddressNumber: stays, name, kana, birthDate, sex, address } = persons.person(6);
  const second = '000009000000006';
  const again = await persons.ask('tanto', '/v1/persons', {
    basics: { name, kana, birthDate, sex, address },
    addressNumbers: [{ system: 'gyomu', addressNumber: second }],
  });
  const goes = again.json.integratedAddressNumber;
  const proposed = await persons.post('tanto', '/v1/changes/merge', { stays, goes });
  await persons.post('jocho', `/v1/changes/${proposed.json.id}/approve`, {});
  const published = '2026-07-01';
  expect((await link(copyOf(6, { addressNumber: second, published }))).json.changed).toBe(1);
  expect(held(6).at(-1)).toMatchObject({ published, integratedAddressNumber: stays });
  expectProblem(await link(copyOf(6), copyOf(6, { addressNumber: second })), 'state_conflict');
});

test('what was linked is provided', async () => {
  const somebody = net.somebody('ordinary');
  const at = (net.network.world.agencies.get(KUMAGAYA)?.persons ?? []).findIndex(
    (each) => each.integratedAddressNumber === somebody.numberThere,
  );
  const { copy } = somebody;
  const [first] = copy?.records ?? [];
  const records = [{ ...first, 接種量: 0.3 }];
  const { information, layoutVersion } = copy ?? { information: '', layoutVersion: '' };
  const linked = await link(copyOf(at, { information, layoutVersion, records }));
  expect(linked.json, linked.text).toEqual({ copies: 1, changed: 1 });
  expect(viewOf(await net.inquire(somebody)).answer?.records).toEqual(records);
});

test('a node that is down is an error that changes nothing here', async () => {
  await net.network.stopAgency(KUMAGAYA);
  expectProblem(await link(copyOf(0)), 'provider_unavailable');
  await net.network.startAgency(KUMAGAYA);
  expect((await link(copyOf(0))).status).toBe(200);
});
