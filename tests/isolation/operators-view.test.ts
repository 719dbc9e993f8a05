import { afterAll, beforeAll, expect, test } from 'vitest';
import { complianceRoutes, loadTools } from '../../src/cli/up/tools.ts';
import { lazyConsole } from '../../src/console/lazy-console.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';
import { csvText } from '../../src/service/csv/write-csv.ts';
import { routesOf } from '../privacy/routes.ts';
import { call } from '../support/call.ts';
import { logInAs } from '../support/history.ts';
import { personsOf } from '../support/persons.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';
import { foundIn } from '../support/unfold.ts';

// the platform’s operator, who has the control plane, its token and the console, and no credential of any node,
// sees no content, no individual number, no name; and cannot get at any.

/** What only a copy, an answer, a draft, a mistake in a file or a note says. */
const CANARY = 'かなりあ・運用者に見えないはずの記録';
const NUMBER = individualNumberWithCheckDigit('31415926535');
const INFORMATION = encodeURIComponent(VACCINATION);
const RECORDS = [{ 接種種別: CANARY, 備考: CANARY }];

let net: TestNetwork;
let answered: Somebody;
let secrets: readonly string[];
const exchanges: string[] = [];
/** What came of the live streams meanwhile, by path; and who waits for more of it. */
const live = new Map<string, string>();
const waiters = new Set<() => void>();
const stop = new AbortController();
const operator = () => ({ token: net.token('control', '') });

beforeAll(async () => {
  net = await testNetwork({
    console: lazyConsole,
    controlRoutes: complianceRoutes(await loadTools()),
  });
  const { residents } = net.network.world;
  secrets = [
    ...[CANARY, NUMBER],
    ...residents.flatMap((each) => [each.individualNumber, each.name, each.kana, each.address]),
  ];
  for (const { path } of await routesOf(net, 'control')) {
    if (path.endsWith('/live')) await listen(path);
  }
  await everythingWithTheCanary();
});
afterAll(async () => {
  stop.abort();
  await net.network.close();
});

async function listen(path: string): Promise<void> {
  const headers = { authorization: `Bearer ${net.token('control', '')}` };
  const url = `${net.url('control')}${path}${path.includes('journal') ? '?messages=true' : ''}`;
  const { body } = await fetch(url, { headers, signal: stop.signal });
  live.set(path, '');
  const read = async () => {
    for await (const chunk of body ?? []) {
      live.set(path, live.get(path) + Buffer.from(chunk).toString('utf8'));
      for (const look of waiters) look();
    }
  };
  read().catch(() => undefined);
}

/** Waits until a stream has told something. */
async function hasTold(path: string, wanted: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (live.get(path)?.includes(wanted)) resolve();
  };
  waiters.add(look);
  look();
  await promise;
  waiters.delete(look);
}

/** The exchange of an inquiry that waits for its review. */
async function waiting(): Promise<string> {
  const somebody = net.somebody('ordinary');
  await net.putCopy(KUMAGAYA, somebody, { autoResponseDisabled: true, records: RECORDS });
  const { exchange = '' } = viewOf(await net.inquire(somebody));
  exchanges.push(exchange);
  return exchange;
}

/** Wherever somebody’s content can come to, it comes: copies, answers, reviews, drafts, files, mistakes, notes, persons. */
async function everythingWithTheCanary(): Promise<void> {
  const staff = (who: string) => ({ token: net.token(KUMAGAYA, who) });
  answered = net.somebody('ordinary');
  await net.putCopy(KUMAGAYA, answered, { records: RECORDS });
  exchanges.push(viewOf(await net.inquire(answered)).exchange ?? '');
  for (const last of ['approve', 'decline'] as const) {
    const exchange = await waiting();
    await net.step('review', exchange, 'tanto');
    const note = { reason: 'other', note: CANARY };
    if (last === 'approve') await net.step('approve', exchange, 'jocho');
    else await net.post(KUMAGAYA, `/v1/reviews/${exchange}/decline`, note, staff('jocho'));
  }
  await waiting();
  const refused = await net.inquire(answered, { information: '地方税関係情報' });
  exchanges.push(String(refused.json.exchange));
  const person = { integratedAddressNumber: answered.numberThere, information: VACCINATION };
  const draft = { change: 'put', ...person, layoutVersion: 'X-1', records: RECORDS };
  await net.post(KUMAGAYA, '/v1/copies/drafts', draft, staff('tanto'));
  const file = { ...staff('tanto'), headers: { 'content-type': 'text/csv' } };
  const rows = csvText([
    ['統合宛名番号', '接種年月日'],
    [answered.numberThere, CANARY],
  ]);
  const query = new URLSearchParams({ information: VACCINATION, layout: 'K-1' });
  for (const at of ['imports', 'reconciliations']) {
    await net.post(KUMAGAYA, `/v1/copies/${at}?${query}`, rows, file);
  }
  const basics = { name: CANARY, kana: 'カナリア', birthDate: '2001-01-01', sex: '女' };
  const persons = personsOf(net);
  const entry = { individualNumber: NUMBER, basics: { ...basics, address: CANARY } };
  const entered = await persons.ask('tanto', '/v1/persons', entry);
  await persons.ask('tanto', '/v1/acquisitions', {
    persons: [String(entered.json.integratedAddressNumber)],
  });
  await net.settled();
}

test('it is there, for those whose it is', async () => {
  const path = `/v1/reviews/${exchanges[3]}`;
  const shown = await net.get(KUMAGAYA, path, { token: net.token(KUMAGAYA, 'tanto') });
  expect(shown.text).toContain(CANARY);
  expect((await net.inquire(answered)).text).toContain(CANARY);
  const { read } = net.addressNumbers(KUMAGAYA).system.store;
  expect(read.holderOf(NUMBER)).toBeDefined();
});

test('no route of the control plane tells any of it', async () => {
  const known: Readonly<Record<string, readonly string[]>> = {
    'exchanges/{id}': exchanges,
    'logs/{party}': ['gateway', KUMAGAYA, MATSUE],
    'lists/{list}': ['order-r6-9'],
    'items/{item}': ['25'],
    'nodes/{agency}': [KUMAGAYA, MATSUE],
  };
  const queries: Readonly<Record<string, string>> = {
    '/v1/journal': '?limit=10000&messages=true',
    '/v1/examples': `?inquirer=${MATSUE}&provider=${KUMAGAYA}`,
    '/v1/examples/residents': `?inquirer=${MATSUE}&provider=${KUMAGAYA}&item=25`,
    '/v1/law/allowed': `?inquirer=${MATSUE}&provider=${KUMAGAYA}`,
    '/v1/law/diff': '?from=beppyo-2&to=order-r6-9',
  };
  const spelt = (path: string): string[] => {
    const [, before = '', name = ''] = /^(.*?\/\{([a-z]+)\})/.exec(path) ?? [];
    if (name === '') return [path];
    const key = before.split('/').slice(-2).join('/');
    const values = known[key];
    if (!values) throw new RangeError(`what are the ${key} of ${path}?`);
    return values.flatMap((value) => spelt(path.replace(`{${name}}`, value)));
  };
  const routes = (await routesOf(net, 'control')).filter(({ method }) => method === 'GET');
  const plain = routes.filter(({ path }) => !path.endsWith('/live') && !path.includes('{path}'));
  // What the person concerned sees, the operator sees who plays them.
  const headers = { 'x-person-authorization': `Bearer ${await logInAs(net, answered)}` };
  const found: string[] = [];
  for (const path of plain.flatMap((route) => spelt(route.path))) {
    const reply = await net.get('control', `${path}${queries[path] ?? ''}`, {
      ...operator(),
      headers,
    });
    expect(reply.status, `${path}: ${reply.text.slice(0, 300)}`).toBe(200);
    for (const secret of foundIn(reply.text, secrets)) found.push(`${path}: ${secret}`);
  }
  expect(found).toEqual([]);
});

test('nor does what is live', async () => {
  await net.inquire(answered);
  await net.settled();
  await hasTold('/v1/journal/live', `id: ${net.network.journal.last}\n`);
  for (const [path, text] of live) {
    expect(foundIn(text, secrets), path).toEqual([]);
  }
  expect(live.get('/v1/journal/live')).toContain('provide-request');
});

test('an exported state holds what agencies keep under seals of each', async () => {
  const { json } = await net.get('control', '/v1/state', operator());
  const texts: [string, string][] = [];
  const open = (value: unknown, at: string) => {
    if (typeof value === 'string') texts.push([at, value]);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) open(each, `${at}/${name}`);
    }
  };
  open(json, '');
  const databases = texts.filter(([at]) => at.startsWith('/databases/'));
  expect(databases.length).toBe(2 + 2 * 2);
  for (const [at, text] of databases) {
    const bytes = Buffer.from(text, 'base64');
    for (const secret of secrets) expect(bytes.includes(secret), `${at}: ${secret}`).toBe(false);
    expect(bytes.includes('SQLite format 3'), at).toBe(at === '/databases/gateway');
  }
});

test('the door to the nodes opens for no one without a credential of the node', async () => {
  const at = (path: string) => `/v1/nodes/${KUMAGAYA}${path}`;
  const lent = { ...operator(), headers: { 'x-node-authorization': 'as=gyomu' } };
  const forEverybody = /^\/(healthz|readyz|v1\/status|log\/|\.well-known\/|v1\/log\/consistency)/;
  for (const { method, path, inQuery } of await routesOf(net, KUMAGAYA)) {
    const query = inQuery.some(({ required }) => required) ? `?information=${INFORMATION}` : '';
    const url = `${at(path.replaceAll(/\{.+?\}/g, exchanges[3] ?? ''))}${query}`;
    const sent = method === 'GET' ? undefined : {};
    const without = await net.post('control', url, sent, { ...operator(), method });
    expect(foundIn(without.text, secrets), path).toEqual([]);
    if (!forEverybody.test(path) && method === 'GET') expectProblem(without, 'not_authenticated');
    if (path === '/v1/inquiries' && method === 'POST') continue;
    expectProblem(await net.post('control', url, sent, { ...lent, method }), 'not_authorised');
  }
});

test('an inquiry that the operator tries is answered, and what the answer says is withheld', async () => {
  const lent = { ...operator(), headers: { 'x-node-authorization': 'as=gyomu' } };
  const ask = { provider: KUMAGAYA, item: '25', information: VACCINATION };
  const body = { integratedAddressNumber: answered.number, ...ask };
  const reply = await net.post('control', `/v1/nodes/${MATSUE}/v1/inquiries`, body, lent);
  expect(reply.json).toMatchObject({
    state: 'provided',
    answer: { layoutVersion: 'K-1', records: [{ 接種種別: null, 備考: null }] },
  });
  expect(foundIn(reply.text, secrets)).toEqual([]);
});

test('the console shows no more than that', async () => {
  const origin = net.url('control');
  const seen = new Set<string>();
  const waiting = ['/', ...exchanges.map((id) => `/exchanges/${id}`)];
  for (let path = waiting.pop(); path !== undefined && seen.size < 80; path = waiting.pop()) {
    if (seen.has(path) || path.startsWith('/simulation/state')) continue;
    seen.add(path);
    const { text, type } = await call(`${origin}${path}`);
    expect(foundIn(text, secrets), path).toEqual([]);
    if (!type.includes('html')) continue;
    const links = [...text.matchAll(/href="(\/[^"#]*)"/g)].map(([, link = '']) => link);
    waiting.unshift(...links.map((link) => link.replaceAll('&amp;', '&')));
  }
  expect(seen.size).toBeGreaterThan(20);
  const form = new URLSearchParams({
    ...{ inquirer: MATSUE, provider: KUMAGAYA, person: answered.number, item: '25' },
    information: VACCINATION,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin };
  const tried = await call(`${origin}/try`, form.toString(), { headers });
  expect(tried.text).toMatch(/1 件の記録.*届きました/);
  expect(foundIn(tried.text, secrets)).toEqual([]);
});
