import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProvisionRecord } from '../../src/protocol/record.ts';
import type { Reply } from '../support/call.ts';
import { audited } from '../support/logs.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// R-108, 番号法施行令29条: each party keeps its records for seven years, and lets them go then, whole exchanges at a
// time; what somebody holds stays. What hangs on them goes with them, and every log verifies all the same.

let net: TestNetwork;
const exchanges: Record<'ordinary' | 'held' | 'denied', string> = {
  ordinary: '',
  held: '',
  denied: '',
};
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({ residents: 40 });
  const asked = async (...args: Parameters<TestNetwork['inquire']>) =>
    viewOf(await net.inquire(...args)).exchange ?? '';
  exchanges.ordinary = await asked(net.somebody('ordinary'));
  exchanges.held = await asked(net.somebody('ordinary'));
  const denied = await net.inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
  exchanges.denied = String(denied.json.exchange ?? '');
  await net.settled();
}, 60_000);
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

const at = (party: string, path: string, body?: unknown, who = 'kansa'): Promise<Reply> =>
  party === 'gateway'
    ? net.post('control', `/v1/logs/gateway${path}`, body, { token: net.token('control', '') })
    : net.post(party, `/v1/log${path}`, body, { token: net.token(party, who) });
const kinds = (records: readonly ProvisionRecord[]) => records.map(({ kind }) => kind);
const of = (party: string, exchange: string) => kinds(net.recordsOf(party, exchange));
const PARTIES = ['gateway', MATSUE, KUMAGAYA];

test('a hold is placed by an auditor, told with its dates, and on record', async () => {
  for (const party of PARTIES) {
    const asked = { reason: 'litigation', exchange: exchanges.held };
    const placed = await at(party, '/holds', asked);
    expect(placed.status, placed.text).toBe(201);
    expect(placed.json).toMatchObject({
      ...asked,
      placedBy: party === 'gateway' ? 'operator' : 'kansa',
      placedAt: new Date(net.clock.now()).toISOString(),
    });
    const { hold, staff } = net.records(party).at(-1) ?? {};
    expect(hold).toEqual({ id: placed.json.id, reason: 'litigation', exchange: exchanges.held });
    expect(staff).toBe(placed.json.placedBy);
    const { holds } = (await at(party, '/holds')).json as { holds: unknown[] };
    expect(holds).toEqual([placed.json]);
    const status = await net.get(party, '/v1/status');
    expect(status.json).toMatchObject({ records: { keep: 'P7Y', holds: 1 }, alarms: 0 });
  }
});

test('whose person it is stays each party’s own: by code at a node, by digest at the gateway', async () => {
  const { number } = net.somebody('ordinary');
  const code = net.network.agency(MATSUE).node.store.read.codeOf(number) ?? '';
  const placed = await at(MATSUE, '/holds', {
    reason: 'disclosure',
    integratedAddressNumber: number,
  });
  expect(placed.json).toMatchObject({ reason: 'disclosure', integratedAddressNumber: number });
  expect(net.records(MATSUE).at(-1)).toMatchObject({ kind: 'hold_placed', person: code });
  const there = await at('gateway', '/holds', {
    reason: 'disclosure',
    person: { agency: MATSUE, code },
  });
  expect(there.json).toMatchObject({ person: true });
  const { person } = net.records('gateway').at(-1) ?? {};
  expect(person).toMatch(/^[\w-]{43}$/);
  expect(person).not.toBe(net.network.gateway.gateway.store.read.personOf(MATSUE, code));
  for (const [party, { json }] of [
    [MATSUE, placed],
    ['gateway', there],
  ] as const) {
    expect((await at(party, `/holds/${json.id}/release`, {})).status).toBe(200);
  }
});

test('mistakes are told, and hold nothing', async () => {
  const cases: [string, object, string, string?][] = [
    [MATSUE, { reason: 'audit' }, 'message_malformed'],
    [MATSUE, { reason: 'because', agency: KUMAGAYA }, 'message_malformed'],
    [MATSUE, { reason: 'audit', from: '2026-02-30' }, 'message_malformed'],
    [MATSUE, { reason: 'audit', from: '2026-03-02', until: '2026-03-01' }, 'message_malformed'],
    [MATSUE, { reason: 'audit', exchange: net.newId() }, 'not_found'],
    [MATSUE, { reason: 'audit', integratedAddressNumber: '999999999999999' }, 'not_found'],
    [MATSUE, { reason: 'audit', agency: KUMAGAYA }, 'not_authorised', 'jocho'],
    ['gateway', { reason: 'audit', person: { agency: MATSUE, code: net.newId() } }, 'not_found'],
    ['gateway', { reason: 'audit' }, 'message_malformed'],
  ];
  for (const [party, body, code, who] of cases) {
    const reply = await at(party, '/holds', body, who);
    expect([reply.json.code, JSON.stringify(body)]).toEqual([code, JSON.stringify(body)]);
  }
  for (const party of [MATSUE, 'gateway']) {
    expect((await at(party, `/holds/${net.newId()}/release`, {})).json.code).toBe('not_found');
    const { holds } = (await at(party, '/holds')).json as { holds: { releasedAt?: string }[] };
    expect(holds.filter(({ releasedAt }) => releasedAt === undefined)).toHaveLength(1);
  }
  expect((await at(MATSUE, '/prune', {}, 'kansa')).json.code).toBe('not_authorised');
});

test('after seven years the clock takes what is over, at every party, with what hangs on it; what is held stays', async () => {
  // Results and open ends go in the meantime.
  await net.network.advance(40 * 86_400_000);
  await net.network.advanceTo(Date.parse('2033-11-22T23:00:00+09:00'));
  for (const party of PARTIES) {
    expect(of(party, exchanges.ordinary)).not.toEqual([]);
    expect(kinds(net.records(party))).not.toContain('pruned');
  }
  const operations = () => net.network.agency(MATSUE).node.store.read.operations(0, 1_000_000);
  const last = operations().at(-1)?.seq ?? 0;
  // Whom the gateway’s directory does not tell the time goes by the last that it did.
  wire.fault = ({ pathname }) => (pathname === '/v1/directory' ? 'refused' : undefined);
  await net.network.advance(3_600_000);
  expect(of(KUMAGAYA, exchanges.ordinary)).not.toEqual([]);
  wire.fault = undefined;
  await net.network.maintain();
  // Nobody has asked the gateway anything in seven years, so nobody vouches for its clock.
  expect(of('gateway', exchanges.ordinary)).not.toEqual([]);
  await net.inquire(net.somebody('no-copy'));
  await net.network.maintain();
  // The inquirer’s results were deleted, and that recorded, a week later; 40 days here.
  expect(of(MATSUE, exchanges.ordinary)).not.toEqual([]);
  expect(of(KUMAGAYA, exchanges.ordinary)).toEqual([]);
  await net.network.advance(50 * 86_400_000);
  await net.inquire(net.somebody('no-copy'));
  await net.network.maintain();
  for (const party of PARTIES) {
    expect(of(party, exchanges.ordinary), party).toEqual([]);
    expect(of(party, exchanges.denied), party).toEqual([]);
    expect(of(party, exchanges.held), party).toContain('answered');
    expect(kinds(net.records(party))).toContain('pruned');
    const { pruned } = await audited(net, party);
    expect(pruned).toBeGreaterThan(0);
    const { oldest: left } = (await net.get(party, '/v1/status')).json.records as {
      oldest: string;
    };
    expect(left.slice(0, 10)).toBe('2026-11-22');
  }
  const [inquirer, provider] = [MATSUE, KUMAGAYA].map(
    (code) => net.network.agency(code).node.store.read,
  );
  expect(inquirer?.inquiryByExchange(exchanges.ordinary)).toBeUndefined();
  expect(inquirer?.inquiryByExchange(exchanges.held)).toBeDefined();
  expect(provider?.provision(exchanges.ordinary)).toBeUndefined();
  expect(provider?.provision(exchanges.held)).toBeDefined();
  const { read } = net.network.gateway.gateway.store;
  expect(read.exchange(exchanges.ordinary)).toBeUndefined();
  expect(read.exchange(exchanges.held)).toBeDefined();
  // The operation log has the same period, and says itself how much went.
  // But for lines about an exchange that is held.
  const [first, second] = operations();
  expect(first?.operation).toMatchObject({ operation: 'holds.change', exchange: exchanges.held });
  expect(second?.seq).toBeGreaterThan(last);
  expect(operations().map(({ operation }) => operation.operation)).toContain('operations.prune');
}, 60_000);

test('once it is lifted, what was held goes: shown first, then done by hand', async () => {
  for (const party of PARTIES) {
    const { holds } = (await at(party, '/holds')).json as {
      holds: { id: string; releasedAt?: string }[];
    };
    const held = holds.find(({ releasedAt }) => releasedAt === undefined)?.id;
    const before = await at(party, '/prune', { dryRun: true }, 'kanri');
    expect(before.json).toMatchObject({ pruned: 0, unfinished: 0 });
    expect(before.json.held).toBeGreaterThan(0);
    const lifted = await at(party, `/holds/${held}/release`, {});
    expect(lifted.json).toMatchObject({
      id: held,
      releasedAt: new Date(net.clock.now()).toISOString(),
    });
    expect((await at(party, `/holds/${held}/release`, {})).json.code).toBe('state_conflict');
    const shown = await at(party, '/prune', { dryRun: true }, 'kanri');
    expect(shown.json).toMatchObject({ pruned: before.json.held, held: 0 });
    expect(of(party, exchanges.held)).not.toEqual([]);
    const done = await at(party, '/prune', {}, 'kanri');
    expect(done.json).toMatchObject({ pruned: before.json.held, held: 0 });
    expect(of(party, exchanges.held)).toEqual([]);
    const last = net.records(party).findLast(({ kind }) => kind === 'pruned');
    expect(last).toMatchObject({ staff: party === 'gateway' ? 'operator' : 'kanri' });
    await audited(net, party);
  }
});
