import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNetwork } from '../../src/network/start-network.ts';
import { systemClock } from '../../src/service/clock.ts';
import { type CallOptions, call, type Reply } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  NOW,
  ROOT,
  shippedConfig,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork();
});
afterAll(() => net.network.close());

const control = (path: string, body?: unknown, options: CallOptions = {}): Promise<Reply> =>
  call(`${net.network.control.url}${path}`, body, {
    token: net.network.control.token,
    ...options,
  });
const now = () => net.network.clock.now();

describe('the operator’s port', () => {
  const GUARDED: readonly [string, unknown?][] = [
    ['/v1/clock'],
    ['/v1/clock/advance', { seconds: 1 }],
    ['/v1/clock/set', { to: NOW }],
    ['/v1/faults'],
    ['/v1/faults', { action: 'drop' }],
    ['/v1/faults/remove', { id: 'f1' }],
    ['/v1/faults/clear', {}],
    ['/v1/state'],
    ['/v1/state', {}],
    ['/v1/state/reset', {}],
  ];
  const READ = [
    '/v1/parties',
    `/v1/examples?inquirer=${MATSUE}&provider=${KUMAGAYA}`,
    '/v1/journal',
  ];

  test('does nothing for agencies, for nobody, or for a token that is almost right', async () => {
    const { token } = net.network.control;
    const others = [
      undefined,
      net.token(MATSUE, 'gyomu'),
      net.token(MATSUE, 'jocho'),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      token.slice(0, -1),
    ];
    for (const other of others) {
      for (const [path, body] of GUARDED) {
        expectProblem(await control(path, body, { token: other }), 'not_authenticated');
      }
      if (other === undefined) continue;
      for (const path of READ) {
        expectProblem(await control(path, undefined, { token: other }), 'not_authenticated');
      }
    }
    expect(net.network.faults.list()).toEqual([]);
    expect(now()).toBe(Date.parse(NOW));
  });

  test('is read without a token where it tells no secret', async () => {
    for (const path of [...READ, '/healthz', '/readyz', '/openapi.json']) {
      expect((await control(path, undefined, { token: undefined })).status, path).toBe(200);
    }
  });

  test('refuses other names for this machine, and pages of other origins', async () => {
    const { app, token } = net.network.control as typeof net.network.control & {
      app: { request(url: string, init?: RequestInit): Promise<Response> };
    };
    const authorization = `Bearer ${token}`;
    const status = async (url: string, headers: Record<string, string> = {}) =>
      (await app.request(url, { headers: { authorization, ...headers } })).status;
    expect(await status('http://127.0.0.1:8702/v1/clock')).toBe(200);
    expect(await status('http://localhost:8702/v1/clock')).toBe(200);
    expect(await status('http://[::1]:8702/v1/clock')).toBe(200);
    for (const host of ['evil.example:8702', '127.0.0.1.evil.example', 'localhost.evil.example']) {
      expect(await status(`http://${host}/v1/clock`), host).toBe(403);
      expect(await status(`http://${host}/v1/journal`), host).toBe(403);
    }
    const here = 'http://127.0.0.1:8702/v1/clock';
    expect(await status(here, { origin: 'http://127.0.0.1:8702' })).toBe(200);
    for (const origin of ['http://127.0.0.1:3000', 'https://evil.example', 'null']) {
      expect(await status(here, { origin }), origin).toBe(403);
    }
  });

  test('describes all that it takes', async () => {
    const { paths } = (await control('/openapi.json')).json as { paths: Record<string, object> };
    const declared = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(declared.sort()).toEqual([
      'get /healthz',
      'get /readyz',
      'get /v1/clock',
      'get /v1/examples',
      'get /v1/examples/residents',
      'get /v1/exchanges',
      'get /v1/exchanges/live',
      'get /v1/exchanges/{id}',
      'get /v1/exchanges/{id}/proofs',
      'get /v1/faults',
      'get /v1/journal',
      'get /v1/journal/live',
      'get /v1/law/allowed',
      'get /v1/law/lists',
      'get /v1/law/lists/{list}/items',
      'get /v1/law/lists/{list}/items/{item}',
      'get /v1/law/lists/{list}/matrix',
      'get /v1/layouts',
      'get /v1/log/alarms',
      'get /v1/logs',
      'get /v1/logs/gateway/holds',
      'get /v1/logs/{party}/export',
      'get /v1/nodes/{agency}/{path}',
      'get /v1/parties',
      'get /v1/parties/status',
      'get /v1/persons/history',
      'get /v1/state',
      'get /v1/traffic/live',
      'post /v1/clock/advance',
      'post /v1/clock/set',
      'post /v1/faults',
      'post /v1/faults/clear',
      'post /v1/faults/remove',
      'post /v1/log/trust',
      'post /v1/logs/gateway/holds',
      'post /v1/logs/gateway/holds/{hold}/release',
      'post /v1/logs/gateway/prune',
      'post /v1/nodes/{agency}/{path}',
      'post /v1/persons/cards',
      'post /v1/persons/corrections',
      'post /v1/persons/sessions',
      'post /v1/state',
      'post /v1/state/reset',
    ]);
  });
});

describe('the clock', () => {
  test('moves by seconds and by ISO 8601, and to an instant ahead', async () => {
    const before = now();
    expect((await control('/v1/clock')).json).toEqual({
      kind: 'manual',
      now: new Date(before).toISOString(),
    });
    const seconds = await control('/v1/clock/advance', { seconds: 1.5 });
    expect(seconds.json).toEqual({ kind: 'manual', now: new Date(before + 1500).toISOString() });
    await control('/v1/clock/advance', { duration: 'P1DT2H3M4.5S' });
    expect(now()).toBe(before + 1500 + (((24 + 2) * 60 + 3) * 60 + 4.5) * 1000);
    const to = new Date(now() + 90_000).toISOString();
    expect((await control('/v1/clock/set', { to })).json).toEqual({ kind: 'manual', now: to });
    expectProblem(await control('/v1/clock/set', { to: NOW }), 'state_conflict');
  });

  test.each([
    [{}],
    [{ seconds: 1, duration: 'PT1S' }],
    [{ seconds: -1 }],
    [{ duration: 'P1M' }],
    [{ duration: 'PT' }],
    [{ duration: 'P999999999D' }],
    [{ seconds: 1, minutes: 1 }],
  ])('does not move by %j', async (body) => {
    const before = now();
    expectProblem(await control('/v1/clock/advance', body), 'message_malformed');
    expect(now()).toBe(before);
  });

  test('has every party do what is due by the time it answers', async () => {
    const { id } = viewOf(await net.inquire(net.somebody('ordinary')));
    expect((await net.inquiry(id)).answer).toBeDefined();
    const days = net.network.config.results.keepDays;
    await control('/v1/clock/advance', { duration: `P${days}DT1S` });
    expect((await net.inquiry(id)).answer).toBeUndefined();
  });

  test('of the machine can’t be moved', async () => {
    const agencies = shippedConfig.agencies.filter(({ code }) => code === MATSUE);
    await using network = await startNetwork({
      config: { ...shippedConfig, agencies, residents: { count: 0 } },
      ...{ folder: ROOT, storage: { kind: 'memory' }, clock: systemClock, freePorts: true },
    });
    const { url, token } = network.control;
    const reply = await call(`${url}/v1/clock/advance`, { seconds: 1 }, { token });
    expectProblem(reply, 'state_conflict');
    expect(reply.json.hint).toMatchObject({ en: expect.stringContaining('renkei.yaml') });
    expect((await call(`${url}/v1/clock`, undefined, { token })).json.kind).toBe('system');
    // Held by a real timer, so it comes by itself.
    network.faults.add({ message: 'directory', action: 'delay', delaySeconds: 0.01 });
    await network.agency(MATSUE).recover();
    expect(network.faults.list()).toMatchObject([{ applied: 1 }]);
  });
});

test('faults are added, listed, ended one by one and all at once', async () => {
  const fault = { from: MATSUE, message: 'query', action: 'drop', times: 1 };
  const { status, json } = await control('/v1/faults', fault);
  expect(status).toBe(201);
  expectProblem(await net.inquire(net.somebody('ordinary')), 'gateway_unavailable');
  expect((await control('/v1/faults')).json).toEqual({
    faults: [{ id: json.id, applied: 1, fault }],
  });
  expect((await control('/v1/faults/remove', { id: json.id })).status).toBe(200);
  expectProblem(await control('/v1/faults/remove', { id: json.id }), 'not_found');
  await control('/v1/faults', { action: 'refuse' });
  await control('/v1/faults/clear', {});
  expect((await control('/v1/faults')).json).toEqual({ faults: [] });
  expectProblem(await control('/v1/faults', { action: 'delay' }), 'message_malformed');
});

test('a state is exported, imported into another network of the same configuration, and goes on there', async () => {
  const id = net.newId();
  const view = viewOf(await net.inquire(net.somebody('ordinary'), { id }));
  const state = await control('/v1/state');
  expect(state.json).toMatchObject({
    format: 'renkei-state',
    version: 1,
    note: expect.any(String),
  });
  const other = await testNetwork({ at: '2026-11-22T12:00:00+09:00' });
  try {
    const { url, token } = other.network.control;
    const post = (body: unknown) => call(`${url}/v1/state`, body, { token });
    const databases = state.json.databases as Record<string, string>;
    const nodes = databases.nodes as unknown as Record<string, string>;
    const changed = Buffer.from(databases.gateway ?? '', 'base64');
    const page = rootPage(changed, 'codes');
    changed.fill(0xff, (page - 1) * 4096, page * 4096);
    const unsound = { ...databases, gateway: changed.toString('base64') };
    for (const wrong of [
      { ...state.json, version: 2 },
      { ...state.json, more: 1 },
      { ...state.json, databases: unsound },
      { ...state.json, databases: { ...databases, nodes: { [MATSUE]: nodes[MATSUE] } } },
      { ...state.json, databases: { ...databases, gateway: nodes[MATSUE] } },
      { ...state.json, databases: { ...databases, gateway: 'AAAA' } },
    ]) {
      expectProblem(await post(wrong), 'message_malformed');
    }
    expectProblem(await post({ ...state.json, seed: 'another' }), 'state_conflict');
    expect(other.records(MATSUE).some(({ kind }) => kind === 'answered')).toBe(false);
    expect(await post(state.json)).toMatchObject({ status: 200, json: {} });
    expect(await other.inquiry(id)).toEqual(view);
    expect(other.clock.now()).toBe(now());
    // What happens next is what happens next where it was exported.
    const [next, somebody] = [net.newId(), net.somebody('ordinary')];
    const here = viewOf(await net.inquire(somebody, { id: next }));
    expect(viewOf(await other.inquire(somebody, { id: next }))).toEqual(here);
    expect((await call(`${url}/v1/state/reset`, {}, { token })).status).toBe(200);
    expect(other.clock.now()).toBe(Date.parse('2026-11-22T12:00:00+09:00'));
    expect(
      (await other.get(MATSUE, `/v1/inquiries/${id}`, { token: other.token(MATSUE, 'gyomu') }))
        .status,
    ).toBe(404);
  } finally {
    await other.network.close();
  }
});

/** Where a table begins in a database. */
function rootPage(bytes: Uint8Array, table: string): number {
  const db = new DatabaseSync(':memory:');
  db.deserialize(bytes);
  const row = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table);
  db.close();
  return Number(row?.rootpage);
}

describe('the journal', () => {
  test('tells what parties tell, and every message besides when asked', async () => {
    const after = net.network.journal.last;
    await net.inquire(net.somebody('ordinary'));
    const kinds = async (query: string) => {
      const { json } = await control(`/v1/journal?after=${after}${query}`, undefined, {
        token: undefined,
      });
      return (json.entries as { kind: string }[]).map(({ kind }) => kind);
    };
    const told = await kinds('');
    expect(told).toContain('decision');
    expect(told).not.toContain('message');
    const all = await kinds('&messages=true');
    expect(all.filter((kind) => kind === 'message')).toHaveLength(6);
    expect(all.filter((kind) => kind !== 'message')).toEqual(told);
    expect(await kinds('&limit=2')).toEqual(told.slice(0, 2));
  });

  test('comes live, and tells when it goes back', async () => {
    const { url } = net.network.control;
    const stop = new AbortController();
    const live = await fetch(`${url}/v1/journal/live?messages=true`, { signal: stop.signal });
    let text = '';
    const reading = (async () => {
      for await (const chunk of live.body ?? []) {
        text += Buffer.from(chunk).toString('utf8');
        if (text.includes('event: restored')) return;
      }
    })();
    const snapshot = await net.network.snapshot();
    await net.inquire(net.somebody('ordinary'));
    await net.network.restore(snapshot);
    await reading;
    stop.abort();
    expect(text).toContain('"message":"provide-request"');
    expect(text).toContain(`event: restored\ndata: ${snapshot.journal.seq}`);
    expect(text).not.toMatch(/"(message|sealed)":"ey/);
  });
});
