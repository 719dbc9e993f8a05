import diagnostics from 'node:diagnostics_channel';
import http from 'node:http';
import { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complianceRoutes, loadTools } from '../../src/cli/up/tools.ts';
import { lazyConsole } from '../../src/console/lazy-console.ts';
import { forgeLog } from '../../src/service/sqlite/forge-log.ts';
import { KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';

/** Every address that this process has connected to: the console, and all parties behind it, run in it. */
const reached = new Set<string>();
diagnostics.subscribe('net.client.socket', (message) => {
  const socket = typeof message === 'object' && message !== null && 'socket' in message;
  if (!socket || !(message.socket instanceof Socket)) return;
  const { socket: made } = message;
  made.once('connectionAttempt', (address) => reached.add(address));
  made.once('connect', () => reached.add(made.remoteAddress ?? 'unknown'));
  made.once('lookup', (_error, _address, _family, host) => reached.add(host));
});

let net: TestNetwork;
let denied: string;
beforeAll(async () => {
  net = await testNetwork({
    chance: 'system',
    console: lazyConsole,
    controlRoutes: complianceRoutes(await loadTools()),
  });
  await net.inquire(net.somebody('ordinary'));
  const refused = await net.inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
  denied = String(refused.json.exchange);
});
afterAll(() => net?.[Symbol.asyncDispose]());

const open = (path: string, init: RequestInit = {}) =>
  fetch(`${net.url('control')}${path}`, { redirect: 'manual', ...init });
const page = async (path: string, language = 'ja') => {
  const answer = await open(path, { headers: { 'accept-language': language } });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};
const post = (path: string, fields: Record<string, string>, headers: Record<string, string>) =>
  open(path, { method: 'POST', body: new URLSearchParams(fields), headers });
const own = () => ({ origin: net.url('control'), 'sec-fetch-site': 'same-origin' });

describe('every page', () => {
  const pages = [
    '/',
    '/exchanges',
    '/exchanges?outcome=denied',
    '/try',
    '/law',
    '/law/order-r6-9',
    '/law/order-r6-9/items/25',
    '/law/order-r6-9/matrix',
    '/law/diff',
    '/node',
    `/node/${KUMAGAYA}`,
    '/person',
    '/simulation',
    '/simulation/scenarios',
    '/simulation/logs',
  ];

  test('is there in both languages, in whole, with nothing inline and nothing from elsewhere', async () => {
    for (const path of [...pages, `/exchanges/${denied}`]) {
      for (const language of ['ja', 'en']) {
        const { status, text, headers } = await page(path, language);
        expect(status, path).toBe(200);
        expect(text, path).toContain(`<html lang="${language}">`);
        expect(text.trimEnd().endsWith('</html>'), path).toBe(true);
        expect(text, path).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|style="|\[object /);
        expect(text, path).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
        expect(text, path).not.toContain(net.token('control', 'operator'));
        expect(headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(headers.get('content-security-policy')).not.toContain('unsafe');
      }
    }
  });

  test('says what is not there', async () => {
    for (const path of [
      '/nothing',
      '/exchanges/nothing',
      '/law/none',
      '/law/order-r6-9/items/999',
    ]) {
      expect((await page(path)).status, path).toBe(404);
    }
  });

  test('escapes what it is told', async () => {
    const { text } = await page(
      `/law/order-r6-9?text=${encodeURIComponent('"><script>x</script>')}`,
    );
    expect(text).toContain('&quot;&gt;&lt;script&gt;');
    expect(text).not.toContain('<script>x');
  });
});

test('the person sees what was asked about them, asks for a correction, loses the card', async () => {
  const somebody = net.somebody('ordinary');
  const { json } = await net.inquire(somebody);
  const who = { resident: somebody.number, agency: MATSUE, from: '', until: '' };
  const send = async (path: string, more: Record<string, string> = {}) =>
    await (await post(path, { ...who, ...more }, own())).text();
  const seen = await send('/person');
  expect(seen).toContain('松江市長 → 熊谷市長');
  expect(seen).toContain('25の項');
  expect(seen).toContain(String(json.exchange));
  const exchange = String(json.exchange);
  const asked = await send('/person/correct', { exchange, to: 'inquirer', item: '26' });
  expect(asked).toContain('訂正を求めました');
  expect(asked).toContain('決定待ち');
  expect(await send('/person/correct', { exchange, to: 'inquirer', item: '26' })).toContain(
    'state_conflict',
  );
  expect(await send('/person', { from: '2999-01-01' })).toContain('やりとりの記録はありません');
  expect(await send('/person', { resident: '999999999999999' })).toContain('not_found');
  const lost = await send('/person/card', { change: 'revoke' });
  expect(lost).toContain('カードを失効させました');
  expect(lost).toContain('このカードは失効しています');
  expect(lost).not.toContain(exchange);
  expect(await send('/person/card', { change: 'issue' })).toContain(exchange);
});

describe('who may use it', () => {
  /** What fetch does not let anybody say: another name for this address, as after DNS rebinding. */
  const under = (host: string, path: string, method = 'GET') =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(net.url('control'));
      const options = { hostname, port, path, method, headers: { host, ...own() } };
      http
        .request(options, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
        .on('error', reject)
        .end();
    });

  test('nobody under a name that only points here (DNS rebinding), whatever they ask for', async () => {
    const { port } = new URL(net.url('control'));
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      expect(await under(host, '/'), host).toBe(200);
    }
    const foreign = ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`];
    for (const host of [...foreign, `localhost.evil.example:${port}`, `192.0.2.1:${port}`]) {
      for (const path of ['/', '/exchanges/live', '/assets/style.css', '/simulation/state']) {
        expect(await under(host, path), `${host}${path}`).toBe(403);
      }
      expect(await under(host, '/simulation/reset', 'POST'), host).toBe(403);
    }
  });

  test('nobody under another name or from another page', async () => {
    const fields = { action: 'drop' };
    const path = '/simulation/faults';
    const refused = [
      {},
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site', origin: net.url('control') },
      { 'sec-fetch-site': 'same-site', origin: net.url('control') },
      { origin: 'null' },
    ];
    for (const headers of refused) {
      expect((await post(path, fields, headers)).status, JSON.stringify(headers)).toBe(403);
    }
    expect(net.network.faults.list()).toEqual([]);
    expect((await post(path, fields, own())).status).toBe(200);
    expect(net.network.faults.list().length).toBe(1);
    net.network.faults.clear();
  });

  test('choosing a language leads nowhere else', async () => {
    for (const at of ['//evil.example', 'https://evil.example', '/\\evil.example', '']) {
      const answer = await post('/language', { to: 'en', at }, own());
      expect(answer.headers.get('location'), at).toBe('/');
      expect(answer.headers.get('set-cookie')).toMatch(/^renkei-language=en;.*SameSite=Strict/);
    }
    const back = await post('/language', { to: 'en', at: '/exchanges?item=25' }, own());
    expect(back.headers.get('location')).toBe('/exchanges?item=25');
  });
});

test('an inquiry can be tried, allowed and not, with the way to its exchange', async () => {
  const person = net.somebody('ordinary').number;
  const asked = { inquirer: MATSUE, provider: KUMAGAYA, person, item: '25' };
  const ask = async (information: string) =>
    await (await post('/try', { ...asked, information }, own())).text();
  const good = await ask('予防接種法による予防接種の実施に関する情報');
  expect(good).toContain('提供');
  expect(good).toMatch(/href="\/exchanges\/[\w-]{22}"/);
  const bad = await ask('地方税関係情報');
  expect(bad).toContain('information_not_listed');
  expect(bad).toContain('最も近い許される照会');
  expect(await ask('')).toContain('message_malformed');
});

test('an exchange becomes a scenario that passes', async () => {
  const { text } = await page(`/exchanges/${denied}/scenario`);
  expect(text).toContain('code: information_not_listed');
  const { mkdtemp, writeFile } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const { reportFor } = await import('../compliance/ground.ts');
  const folder = await mkdtemp(join(tmpdir(), 'renkei-console-'));
  const file = join(folder, 'again.yaml');
  await writeFile(file, text);
  const report = await reportFor({ files: [file] });
  expect(report.totals).toMatchObject({ tests: 1, passed: 1 });
});

test('a scenario is run and its result told; a name from outside is no path', async () => {
  const run = async (file: string) =>
    await (await post('/simulation/scenarios', { file }, own())).text();
  expect(await run('codes/information_not_listed.yaml')).toContain('すべて期待どおり');
  for (const file of ['../package.json', '/etc/passwd', 'codes/../../renkei.yaml', '']) {
    expect(await run(file), file).toMatch(/not_found|message_malformed/);
  }
});

test('a record that was altered is shown as that, beside those that are not', async () => {
  const { json } = await net.inquire(net.somebody('ordinary'));
  const { log } = net.network.agency(KUMAGAYA);
  const [index = 0] = log.records.placesOf(String(json.exchange));
  expect((await page(`/exchanges/${json.exchange}`)).text).toContain('各当事者の記録は一致し');
  log.behindItsBack((db) =>
    db
      .prepare(
        `UPDATE records SET record = replace(record, '"provided"', '"no_record"') WHERE seq = ?`,
      )
      .run(index + 1),
  );
  const { text } = await page(`/exchanges/${json.exchange}`);
  expect(text).toContain('記録に不審な点があります');
  expect(text.match(/✗ 記録が改変されています/g)).toHaveLength(1);
  expect(text.match(/件）にある証明/g)).toHaveLength(4);
});

test('a log that contradicts itself raises an alarm that is seen, and trusted anew', async () => {
  const somebody = net.somebody('ordinary');
  forgeLog(net.network.agency(MATSUE).log, 'alter');
  expect((await net.inquire(somebody)).json.code).toBe('log_inconsistent');
  const { text } = await page('/simulation/logs');
  expect(text).toContain('いまから信頼する');
  expect(text).not.toContain('矛盾したログはありません');
  const trusted = await post('/simulation/logs/trust', { party: 'gateway', log: MATSUE }, own());
  expect(await trusted.text()).toMatch(/\d から信頼/);
  expect((await net.inquire(somebody)).status).toBe(200);
});

test('no request of all this left loopback', () => {
  expect(reached.size).toBeGreaterThan(0);
  expect([...reached].filter((address) => !/^(127\.|::1$|localhost$)/.test(address))).toEqual([]);
});
