import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLayout } from '../../src/network/layouts/read.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { affairCode, informationCode } from '../../src/protocol/permission/codes.ts';
import { filesIn, temporaryFolder } from '../support/folder.ts';
import { personsOf, VACCINATING } from '../support/persons.ts';
import {
  KUMAGAYA,
  MATSUE,
  ROOT,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';
import { unfold } from '../support/unfold.ts';
import { type Attempt, attemptsOf, IN_ORDER } from './attempts.ts';
import { copiesWithNumbers, strangeFiles } from './files.ts';
import { Numbers } from './numbers.ts';
import { type Route, routesOf } from './routes.ts';
import type { Known } from './sample.ts';

// 10,000 individual numbers, right, mistyped, full-width and with separators, through every field of every route that
// the parties’ own documents name, in names, paths, headers and files: none is told in an error, journal or log, none is
// kept by gateway or node, and none is kept in the clear by the address-number system.

const SEED = process.env.RENKEI_PRIVACY_SEED ?? String(Date.now());
const MANY = 10_000;
/** Of them at the address-number system, as individual numbers. */
const LEAST = 600;
const AT_ONCE = 12;
const numbers = new Numbers(SEED);
const folder = temporaryFolder();
const PERSONS = `${KUMAGAYA} address-numbers`;

let net: TestNetwork;
const routes: Route[] = [];
const errors: { where: string; text: string }[] = [];
const answers: { where: string; text: string }[] = [];
/** What came of requests that have a number in their headers alone. */
const inOrder = new Map<string, number>();

beforeAll(async () => {
  net = await testNetwork({ storage: { kind: 'folder', path: folder }, residents: 48 });
  for (const party of [GATEWAY, 'registry', KUMAGAYA, PERSONS, 'control']) {
    routes.push(...(await routesOf(net, party)));
  }
}, 60_000);
afterAll(() => net.network.close());

/** Sends one, by one caller after the other, with more numbers in its headers. */
async function send({ route, url, type, body, where }: Attempt, as: string): Promise<void> {
  const token = net.token(route.party, as);
  const response = await fetch(`${net.url(route.party)}${url}`, {
    method: route.method,
    headers: {
      ...(type !== undefined && { 'content-type': type }),
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      'user-agent': `browser/${numbers.next()}`,
      'x-request-id': numbers.next(),
      cookie: `person=${numbers.next()}`,
    },
    ...(route.method === 'POST' && { body: body ?? '' }),
    signal: AbortSignal.timeout(20_000),
  });
  if (where.endsWith(` ${IN_ORDER}`)) inOrder.set(where, response.status);
  // A stream has no end.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return;
  }
  const headers = JSON.stringify([...response.headers]);
  const text = `${headers}\n${await response.text()}`;
  (response.status >= 400 ? errors : answers).push({ where: `${where} as ${as}`, text });
}

async function all(attempts: Iterable<() => Promise<void>>): Promise<void> {
  const queue = attempts[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) await next.value();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const CALLERS: Readonly<Record<string, readonly string[]>> = {
  [KUMAGAYA]: ['tanto', 'jocho', 'kanri', 'kansa', 'gyomu', 'atena'],
  [PERSONS]: ['tanto', 'jocho', 'gyomu', 'atena', 'kanri', 'kansa'],
  control: ['operator'],
};

/** Values by which requests reach as far into the parties as they can. */
async function knownValues(): Promise<Known> {
  const persons = personsOf(net);
  const { integratedAddressNumber, name, kana, birthDate, sex, address } = persons.person(0);
  const addressNumbers = [{ system: 'gyomu', addressNumber: '000009000000001' }];
  const basics = { name, kana, birthDate, sex, address };
  const again = await persons.ask('tanto', '/v1/persons', { basics, addressNumbers });
  const goes = String(again.json.integratedAddressNumber);
  const merge = { stays: integratedAddressNumber, goes };
  const change = await persons.post('jocho', '/v1/changes/merge', merge);
  const pending = viewOf(await net.inquire(await net.flagged({ autoResponseDisabled: true })));
  return {
    ...{ integratedAddressNumber, person: integratedAddressNumber, ...merge },
    ...{ from: integratedAddressNumber, basics, ...basics },
    ...{ affair: affairCode(VACCINATING), information: informationCode(VACCINATION), item: '25' },
    ...{ provider: MATSUE, inquirer: MATSUE, agency: KUMAGAYA, path: 'v1/inquiries' },
    ...{ exchange: pending.exchange, id: String(change.json.id), list: 'order-r6-9' },
    ...{ system: 'gyomu', addressNumber: '000009000000001', layoutVersion: 'K-1', layout: 'K-1' },
    ...{ user: 'tanto2', caller: 'tanto2', code: 'soumu', department: 'soumu', kind: 'staff' },
    ...{ rights: ['find'], affairs: [affairCode(VACCINATING)], reason: 'other', state: undefined },
    ...{ free: 'free', seconds: 1, action: 'delay', delaySeconds: 1 },
  };
}

test(`no individual number stays or is told, of ${MANY} (RENKEI_PRIVACY_SEED=${SEED})`, {
  timeout: 120_000,
}, async () => {
  const { state: _, ...known } = await knownValues();
  const persons = personsOf(net);
  const before = net.network.journal.last;

  // Every field of every route, by everybody who may call there.
  const sweep = function* (): Generator<() => Promise<void>> {
    for (const route of routes) {
      const callers = CALLERS[route.party] ?? ['nobody'];
      let turn = 0;
      for (const attempt of attemptsOf(route, known, numbers)) {
        const as = callers[(turn + Math.floor(turn / callers.length)) % callers.length] ?? '';
        turn += 1;
        yield () => send(attempt, as);
      }
    }
  };
  await all(sweep());

  // Files: a number in each column of each layout, in each way of writing; the right rows are taken.
  const held = persons.person(0).integratedAddressNumber;
  const people = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => persons.person(at).integratedAddressNumber);
  const imports = routes.find(({ path }) => path === '/v1/copies/imports');
  const batches = routes.find(({ path }) => path === '/v1/batches');
  if (!imports || !batches) throw new Error('no routes for files');
  const file = (route: Route, url: string, body: string, where: string, as = 'tanto') =>
    send({ route: { ...route, method: 'POST' }, url, type: 'text/csv', body, where }, as);
  for (const name of readdirSync(join(ROOT, 'layouts')).filter((each) => each.endsWith('.yaml'))) {
    const layout = readLayout(readFileSync(join(ROOT, 'layouts', name), 'utf8'), name);
    const [information = ''] = layout.information;
    for (const partial of ['true', 'false']) {
      const query = new URLSearchParams({ information, layout: layout.version, partial });
      const url = `/v1/copies/imports?${query}`;
      await file(imports, url, copiesWithNumbers(layout, numbers), name);
      for (const strange of strangeFiles(numbers)) await file(imports, url, strange, name);
    }
  }
  const header = '統合宛名番号,項,事務,情報提供者,特定個人情報,開始日,終了日';
  const row = [held, '25', '', MATSUE, VACCINATION, '2026-04-01', '2026-10-01'];
  const rows = row.map((_cell, at) => row.map((cell, i) => (i === at ? numbers.spelt() : cell)));
  for (const each of [
    ...rows.map((cells) => `${header}\r\n${cells.join(',')}\r\n`),
    ...strangeFiles(numbers),
  ])
    await file(batches, '/v1/batches', each, 'a batch', 'gyomu');

  // What the address-number system is for: as many as are left, some of them registered.
  const registered: string[] = [];
  const own = routes.find(({ party, path }) => party === PERSONS && path === '/v1/lookups');
  if (!own) throw new Error('no look-up');
  const { integratedAddressNumber: __, ...told } = persons.person(1);
  const rest = function* (): Generator<() => Promise<void>> {
    for (let turn = 0; turn < LEAST || numbers.given.size < MANY; turn += 1) {
      const number = turn % 5 === 4 ? numbers.spelt() : numbers.next();
      const paths = ['/v1/lookups', '/v1/confirmations', '/v1/persons'];
      const path = paths[turn % paths.length] ?? '';
      const more = [{}, { name: told.name }, { basics: (known as { basics: object }).basics }];
      const body = { affair: VACCINATING, individualNumber: number, ...more[turn % more.length] };
      if (path === '/v1/persons') registered.push(number);
      const request = { type: 'application/json', body: JSON.stringify(body), where: path };
      yield () => send({ route: { ...own, path }, url: path, ...request }, 'gyomu');
    }
  };
  await all(rest());
  // Between the parties: numbers that the registry knows, and numbers that it does not.
  const { read } = net.addressNumbers(KUMAGAYA).system.store;
  const taken = registered.flatMap((number) => read.holderOf(number) ?? []);
  const acquire = { persons: [...people, ...taken.slice(0, 20)] };
  await persons.ask('gyomu', '/v1/acquisitions', acquire);
  viewOf(await net.inquire(net.somebody('ordinary')));
  await net.settled();
  await net.network.maintain();

  // It went far: most routes let something by, and the system did take numbers in.
  expect(numbers.given.size).toBeGreaterThanOrEqual(MANY);
  expect(taken.length).toBeGreaterThan(50);
  const imported = answers.filter(({ where }) => where.includes('.yaml'));
  expect(imported.length, 'files that were read').toBeGreaterThan(20);

  // What was refused was refused for its number: without one in it, most requests are in order.
  const sound = [...inOrder].filter(([, status]) => status !== 400).length;
  expect(sound, JSON.stringify([...inOrder])).toBeGreaterThan(0.75 * inOrder.size);

  for (const { where, text } of errors) expect(numbers.foundIn(text), where).toEqual([]);
  for (const { where, text } of answers) expect(numbers.foundIn(text), where).toEqual([]);
  expect(errors.length).toBeGreaterThan(2000);

  const { journal, texts } = net.network;
  expect(numbers.foundIn(JSON.stringify(journal.after(0, Number.POSITIVE_INFINITY)))).toEqual([]);
  for (let seq = 0; seq <= journal.last; seq += 1) {
    expect(numbers.foundIn(unfold(texts.of(seq) ?? ''))).toEqual([]);
  }
  expect(journal.last).toBeGreaterThan(before);

  for (const when of ['as it is', 'after a checkpoint']) {
    const files = filesIn(folder);
    const names = files.map(({ name }) => name);
    for (const wanted of ['gateway.sqlite', 'node.sqlite', 'address-numbers.sqlite', 'renkei.log'])
      expect(
        names.some((name) => name.endsWith(wanted)),
        wanted,
      ).toBe(true);
    for (const { name, bytes } of files) {
      const found = [
        ...numbers.foundIn(bytes.toString('latin1')),
        ...numbers.foundIn(unfold(bytes.toString('utf8'))),
      ];
      expect(found, `${name}, ${when}`).toEqual([]);
    }
    await net.network.gateway.checkpoint();
    await net.network.agency(KUMAGAYA).checkpoint();
    await net.addressNumbers(KUMAGAYA).checkpoint();
  }
});
