import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { logIn, operations, staffNetwork } from '../support/staff.ts';
import { KUMAGAYA, type TestNetwork } from '../support/test-network.ts';

// the operation log is read by who may, in pages and by filters, and reviewed for what stands out.

const PERSON = '100000000000001';
const AFFAIR = 'JM00000000000001';
const HOURS = 3_600_000;

let net: TestNetwork;
let began: number;
beforeAll(async () => {
  net = await staffNetwork();
  began = net.clock.now();
  const line = { actorKind: 'staff', actor: 'tanto', outcome: 'done' } as const;
  await net.network.agency(KUMAGAYA).node.store.transact((tx) => {
    for (let hour = 0; hour < 10; hour += 1) {
      const at = began - (10 - hour) * HOURS;
      const about = { person: PERSON, ...(hour % 2 === 0 && { affair: AFFAIR }) };
      tx.note({ ...line, at, operation: 'copies.show', ...about });
      tx.note({ ...line, at, actor: 'tanto2', operation: 'inquiries.ask' });
    }
  });
});
afterAll(() => net.network.close());

const get = (path: string, who = 'kansa') =>
  net.get(KUMAGAYA, path, { token: net.token(KUMAGAYA, who) });
const lines = async (query: string) => {
  const reply = await get(`/v1/operations?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.json.operations as { seq: number; at: string; actor: string; person?: string }[];
};
const iso = (at: number) => encodeURIComponent(new Date(at).toISOString());

test('R-204: the log is read in pages and by who, on whom, what and when', async () => {
  expect(await lines('actor=tanto&operation=copies.show')).toHaveLength(10);
  expect(await lines(`person=${PERSON}`)).toHaveLength(10);
  expect(await lines('actor=nobody')).toEqual([]);
  const first = await lines('actor=tanto2&limit=4');
  expect(first).toHaveLength(4);
  const next = await lines(`actor=tanto2&limit=100&after=${first.at(-1)?.seq}`);
  expect(next).toHaveLength(6);
  expect(next[0]?.seq).toBeGreaterThan(first.at(-1)?.seq ?? 0);
  const period = `from=${iso(began - 3 * HOURS)}&until=${iso(began - HOURS)}`;
  expect((await lines(`actor=tanto&${period}`)).map(({ at }) => Date.parse(at))).toEqual([
    began - 3 * HOURS,
    began - 2 * HOURS,
  ]);
  // A day is all of that day in Japan: the log began an hour before midnight.
  expect(await lines('actor=tanto&from=2026-11-24')).toHaveLength(9);
  expect(await lines('actor=tanto&until=2026-11-23')).toHaveLength(1);
});

test('whoever reads the log is in it, and refusals are', async () => {
  const before = operations(net).length;
  await get(`/v1/operations?person=${PERSON}`);
  expectProblem(await get('/v1/operations', 'tanto'), 'not_authorised');
  expectProblem(await get('/v1/anomalies', 'kanri'), 'not_authorised');
  expect(operations(net, before)).toMatchObject([
    { actor: 'kansa', operation: 'operations.show', outcome: 'done', person: PERSON },
    { actor: 'tanto', operation: 'operations.show', outcome: 'refused' },
    { actor: 'kanri', operation: 'anomalies.show', outcome: 'refused' },
  ]);
});

test('whoever is limited to affairs reads of those affairs only, and finds no anomalies', async () => {
  const kanri = { token: net.token(KUMAGAYA, 'kanri') };
  const change = await net.post(KUMAGAYA, '/v1/staff/jocho', { affairs: [AFFAIR] }, kanri);
  expect(change.status).toBe(200);
  const reply = await logIn(net, 'jocho');
  const token = { token: String(reply.json.token) };
  const { json } = await net.get(KUMAGAYA, '/v1/operations?limit=4', token);
  expect(json.operations).toMatchObject([1, 2, 3, 4].map(() => ({ affair: AFFAIR })));
  const rest = await net.get(KUMAGAYA, '/v1/operations?limit=1000', token);
  expect(rest.json.operations).toHaveLength(5);
  expectProblem(await net.get(KUMAGAYA, '/v1/anomalies', token), 'not_authorised');
});

test('R-305: the review tells what stands out in a period, by rule, and how much it went through', async () => {
  const { json } = await get(`/v1/anomalies?until=${iso(began)}`);
  expect(json).toMatchObject({ lines: 20, until: new Date(began).toISOString() });
  const night = { rule: 'out-of-hours', count: 9, operations: ['copies.show'] };
  expect(json.findings).toMatchObject([
    { rule: 'holiday', actor: 'tanto', count: 1 },
    { rule: 'holiday', actor: 'tanto2', count: 1 },
    { actor: 'tanto', ...night },
    { actor: 'tanto2', ...night, operations: ['inquiries.ask'] },
  ]);
  const only = await get(`/v1/anomalies?until=${iso(began)}&rule=holiday`);
  expect(only.json.findings).toHaveLength(2);
  for (let failed = 0; failed < 3; failed += 1) {
    await logIn(net, 'tanto', undefined, { password: 'wrong' });
  }
  expect((await get(`/v1/anomalies?from=${iso(began)}`)).json.findings).toMatchObject([
    { rule: 'failed-log-ins', actor: 'tanto', count: 3 },
  ]);
});

test('a question that is none is told so', async () => {
  for (const query of [
    'limit=0',
    'from=yesterday',
    'person=1',
    'what=x',
    'outcome=maybe',
    'actor=%0a',
  ]) {
    expectProblem(await get(`/v1/operations?${query}`), 'message_malformed');
  }
  for (const query of ['rule=none', 'from=2026-02-30', 'until=1']) {
    expectProblem(await get(`/v1/anomalies?${query}`), 'message_malformed');
  }
});
