import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NetworkConfig } from '../../src/network/config/schema.ts';
import { sha256 } from '../../src/protocol/digest.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { ProvisionRecord } from '../../src/protocol/record.ts';
import { ALL, expectAgreement, kindsOf } from '../support/agreement.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

let net: TestNetwork;
let wire: Wire;
const ANOTHER = {
  ...{ id: 'fukushi', name: '福祉システム' },
  ...{ uses: ['inquire' as const], asks: 'all' as const },
};
beforeAll(async () => {
  wire = await tapWire();
  const config = (made: NetworkConfig): NetworkConfig => ({
    ...made,
    agencies: made.agencies.map((agency) => ({ ...agency, businessSystems: [ANOTHER] })),
  });
  net = await testNetwork({ config });
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

test('R-201, R-202, R-205: a permitted inquiry comes back opened, with what the provider holds', async () => {
  const somebody = net.somebody('ordinary');
  const reply = await net.inquire(somebody);
  expect(reply.status).toBe(200);
  const view = viewOf(reply);
  expect(view).toMatchObject({ state: 'provided', item: '25', list: 'order-r6-9' });
  expect(view.answer).toEqual({
    layoutVersion: somebody.copy?.layoutVersion,
    records: somebody.copy?.records,
  });
  expect(await net.inquiry(view.id)).toEqual(view);
});

test('R-101: the permit is asked for first, and only the permitted query reaches the provider', async () => {
  wire.passages.length = 0;
  await net.inquire(net.somebody('ordinary'));
  expect(wire.passages.map(({ path }) => path)).toEqual([
    '/v1/permits',
    '/v1/query',
    '/v1/provide-requests',
  ]);
});

test('番号法23条: the three records of an exchange agree to the byte, and name statement and times', async () => {
  const { exchange = '' } = viewOf(await net.inquire(net.somebody('ordinary')));
  const [permitted] = expectAgreement(net, exchange, 'permitted', [GATEWAY, MATSUE]);
  expect(permitted).toMatchObject({ inquirer: MATSUE, provider: KUMAGAYA, item: '25' });
  const [answered, ...more] = expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
  expect(more).toEqual([]);
  expect(answered).toMatchObject({
    exchange,
    inquirer: MATSUE,
    provider: KUMAGAYA,
    outcome: 'provided',
    requestedAt: Math.floor(net.clock.now() / 1000),
    answeredAt: Math.floor(net.clock.now() / 1000),
  });
  expect(answered?.statement).toBe(
    sha256(net.network.agency(KUMAGAYA).node.store.read.provision(exchange)?.answer ?? ''),
  );
  expect(kindsOf(net.recordsOf(GATEWAY, exchange))).toEqual(['permitted', 'answered']);
  expect(kindsOf(net.recordsOf(MATSUE, exchange))).toEqual(['permitted', 'answered']);
  expect(kindsOf(net.recordsOf(KUMAGAYA, exchange))).toEqual(['answered']);
});

test('R-108, R-204: staff read their own records, a page at a time; business systems do not', async () => {
  const { exchange } = viewOf(await net.inquire(net.somebody('ordinary')));
  const read = (path: string, who: string) =>
    net.get(MATSUE, path, { token: net.token(MATSUE, who) });
  const { json } = await read('/v1/records?limit=1000', 'kansa');
  const records = json.records as { seq: number; record: unknown }[];
  const own = records.map(({ record }) => ProvisionRecord.parse(record));
  expect(own).toEqual(net.records(MATSUE));
  expect(own.some((record) => record.exchange === exchange)).toBe(true);
  const second = await read(`/v1/records?after=${records[0]?.seq}&limit=1`, 'kansa');
  expect(second.json.records).toEqual(records.slice(1, 2));
  expectProblem(await read('/v1/records', 'gyomu'), 'not_authorised');
  expectProblem(await net.get(MATSUE, '/v1/records'), 'not_authenticated');
});

test('a provider that holds nothing answers no_record, signed, nothing sealed, and all three records say so', async () => {
  const somebody = net.somebody('no-copy');
  const view = viewOf(await net.inquire(somebody));
  expect(view.state).toBe('no_record');
  expect(view.answer).toBeUndefined();
  const [answered] = expectAgreement(net, view.exchange ?? '', 'answered', ALL(MATSUE, KUMAGAYA));
  expect(answered?.outcome).toBe('no_record');
  const relayed = wire.passages.filter(({ path }) => path === '/v1/query').at(-1);
  expect(relayed?.response).not.toContain('"sealed":"');
});

test('the affair may be named instead of the item, by name or by code, and the period travels along', async () => {
  const affair = '予防接種法による予防接種の実施に関する事務';
  const period = { from: '2020-01-01', until: '2026-03-31' };
  const view = viewOf(await net.inquire(net.somebody('ordinary'), { affair, period }));
  expect(view).toMatchObject({ state: 'provided', item: '25' });
  const [answered] = expectAgreement(net, view.exchange ?? '', 'answered', ALL(MATSUE, KUMAGAYA));
  expect(answered?.period).toEqual(period);
  const byCode = await net.inquire(net.somebody('ordinary'), { affair: view.affair ?? '' });
  expect(viewOf(byCode).state).toBe('provided');
});

test('R-210: of a copy, only what lies within the period that was asked for is provided', async () => {
  const daysOf = (rows: readonly Readonly<Record<string, unknown>>[] = []) =>
    [...new Set(rows.map((row) => String(row.接種年月日)))].sort();
  const somebody = net.people().find(({ copy }) => daysOf(copy?.records).length > 2);
  if (!somebody) throw new RangeError('nobody');
  const [first, second, third] = daysOf(somebody.copy?.records);
  const daysAnswered = async (period: { from?: string; until?: string }) =>
    daysOf(viewOf(await net.inquire(somebody, { period })).answer?.records);
  expect(await daysAnswered({ from: second ?? '', until: second ?? '' })).toEqual([second]);
  expect(await daysAnswered({ until: second ?? '' })).toEqual([first, second]);
  expect(await daysAnswered({ from: second ?? '' })).toContain(third);
  const none = viewOf(await net.inquire(somebody, { period: { until: '1900-01-01' } }));
  expect(none.state).toBe('no_record');
  expect(none.answer).toBeUndefined();
});

test('R-211: characters outside the basic plane, and every type of value, survive the way', async () => {
  const somebody = net.somebody('ordinary');
  const records = [
    { 氏名: '𠮷野家　髙﨑 か\u3099', 空: '', 数: -0.5, 無: null, '"引用"\\': '\u0000\n' },
  ];
  await net.putCopy(KUMAGAYA, somebody, { records });
  const view = viewOf(await net.inquire(somebody));
  expect(view.answer?.records).toEqual(records);
});

test('the same id again returns the same result and asks nobody', async () => {
  const somebody = net.somebody('ordinary');
  const id = net.newId();
  const first = await net.inquire(somebody, { id });
  const before = net.records(KUMAGAYA).length;
  wire.passages.length = 0;
  const again = await net.inquire(somebody, { id });
  expect(again.text).toBe(first.text);
  expect(wire.passages).toEqual([]);
  expect(net.records(KUMAGAYA).length).toBe(before);
});

test('the same id, sent many times at once, is one inquiry with one effect at each party', async () => {
  const somebody = net.somebody('ordinary');
  const id = net.newId();
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => net.inquire(somebody, { id })),
  );
  for (const reply of replies) expect([200, 202], reply.text).toContain(reply.status);
  const { exchange = '', state } = await net.inquiry(id);
  expect(state).toBe('provided');
  expect(kindsOf(net.recordsOf(KUMAGAYA, exchange))).toEqual(['answered']);
  expect(kindsOf(net.recordsOf(GATEWAY, exchange))).toEqual(['permitted', 'answered']);
  const asked = net
    .records(GATEWAY)
    .filter(
      ({ kind, at, person }) =>
        kind === 'permitted' && at === net.clock.now() && person !== undefined,
    );
  expect(new Set(asked.map((record) => record.exchange)).size).toBe(asked.length);
});

test('the same id with other content is a conflict, and changes nothing', async () => {
  const somebody = net.somebody('ordinary');
  const id = net.newId();
  const before = viewOf(await net.inquire(somebody, { id }));
  expectProblem(await net.inquire(somebody, { id, item: '153' }), 'state_conflict');
  expectProblem(await net.inquire(net.somebody('ordinary'), { id }), 'state_conflict');
  expectProblem(
    await net.inquire(somebody, { id, period: { from: '2020-01-01' } }),
    'state_conflict',
  );
  expect(await net.inquiry(id)).toEqual(before);
});

test('R-207: a business system gets at an inquiry of another neither by its id nor by asking the same', async () => {
  const somebody = net.somebody('ordinary');
  const id = net.newId();
  await net.inquire(somebody, { id });
  const others = { token: net.token(MATSUE, 'fukushi') };
  expectProblem(await net.get(MATSUE, `/v1/inquiries/${id}`, others), 'not_found');
  expectProblem(await net.inquire(somebody, { id }, { as: 'fukushi' }), 'state_conflict');
});

test('R-207, R-301: without a token or with another agency’s nobody inquires; staff alone do not either', async () => {
  const somebody = net.somebody('ordinary');
  const body = {
    integratedAddressNumber: somebody.number,
    provider: KUMAGAYA,
    information: VACCINATION,
    item: '25',
  };
  const as = (token?: string) => net.post(MATSUE, '/v1/inquiries', body, { token });
  expectProblem(await as(), 'not_authenticated');
  expectProblem(await as(net.token(KUMAGAYA, 'gyomu')), 'not_authenticated');
  expectProblem(await as(net.token(MATSUE, 'kansa')), 'not_authorised');
  wire.passages.length = 0;
  expect((await as(net.token(MATSUE, 'tanto'))).json).toMatchObject({ state: 'requested' });
  expect(wire.passages).toEqual([]);
});

test('R-208: a result is deleted when its time is over; that there was one stays known', async () => {
  const view = viewOf(await net.inquire(net.somebody('ordinary')));
  const days = net.network.config.results.keepDays;
  expect(view.deleteAt).toBe(new Date(net.clock.now() + days * 86_400_000).toISOString());
  net.clock.advance(days * 86_400_000 - 1);
  await net.network.maintain();
  expect((await net.inquiry(view.id)).answer).toEqual(view.answer);
  net.clock.advance(2);
  await net.network.maintain();
  const { answer, ...rest } = view;
  expect(answer).toBeDefined();
  const deletedAt = new Date(net.clock.now()).toISOString();
  expect(await net.inquiry(view.id)).toEqual({ ...rest, deletedAt });
});
