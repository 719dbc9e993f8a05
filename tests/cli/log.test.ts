import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningFile } from '../../src/network/running-file.ts';
import { endAll, renkei, up } from './processes.ts';

const INFORMATION = '予防接種法による予防接種の実施に関する情報';
let folder: string;
let env: { readonly RENKEI_RUNNING: string };
const path = (name: string) => join(folder, 'logs', name);
const log = (...args: string[]) => renkei(['log', ...args], env);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renkei-log-'));
  env = { RENKEI_RUNNING: join(folder, 'running.json') };
  const { ready } = await up(['--memory'], env);
  const running = RunningFile.parse(JSON.parse(readFileSync(env.RENKEI_RUNNING, 'utf8')));
  const matsue = running.agencies.find(({ code }) => code === '32201');
  const examples = await fetch(`${ready.control}/v1/examples?inquirer=32201&provider=11202`);
  const { ordinary } = (await examples.json()) as { ordinary: string };
  for (const information of [INFORMATION, '地方税関係情報', INFORMATION]) {
    await fetch(`${matsue?.url}/v1/inquiries`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${matsue?.businessSystem}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        integratedAddressNumber: ordinary,
        provider: '11202',
        item: '25',
        information,
      }),
    });
  }
  const { status, err } = await log('export', path(''));
  expect([status, err]).toEqual([0, '']);
}, 60_000);
afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

test('every log is exported with its key, and all of them agree, offline', async () => {
  const audited = await log('audit', path(''), '--json');
  expect(audited.err).toBe('');
  const found = JSON.parse(audited.out);
  expect(found).toMatchObject({ ok: true, exchanges: 3, findings: [] });
  expect(found.logs.length).toBe(14);
  const words = await log('audit', path(''));
  expect(words.out).toContain('✓ 改変は見つかりません / sound');
  const one = await log('verify', path('renkei-11202.ndjson'));
  expect([one.status, one.out]).toEqual([0, expect.stringContaining('sound')]);
});

test('an altered record is named with its party; so is a key that is not its own', async () => {
  const file = path('renkei-gateway.ndjson');
  const before = readFileSync(file, 'utf8');
  const lines = before.split('\n');
  const at = lines.findIndex((line) => line.includes('\\"kind\\":\\"denied\\"'));
  const { index } = JSON.parse(lines[at] ?? '{}');
  lines[at] = (lines[at] ?? '').replace('denied', 'answered');
  writeFileSync(file, lines.join('\n'));
  const found = await log('audit', path(''), '--json');
  expect(found.status).toBe(4);
  expect(JSON.parse(found.out).first).toEqual({ party: 'gateway', index, kind: 'record' });
  expect((await log('verify', file)).out).toContain(`gateway の ${index} 番目の記録から`);
  writeFileSync(file, before);
  const other = readFileSync(path('keys.txt'), 'utf8').split('\n')[1] ?? '';
  const wrong = await log('verify', file, '--key', other);
  expect([wrong.status, wrong.err]).toEqual([1, expect.stringContaining('renkei/11202')]);
});

test('one record is proven with nothing but what the proof holds', async () => {
  const file = path('renkei-32201.ndjson');
  const { out, status } = await log('prove', file, '--index', '1', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ party: '32201', index: 1, size: expect.any(Number) });
  const none = await log('prove', file, '--index', '99999');
  expect([none.status, none.err]).toEqual([4, expect.stringContaining('log_invalid')]);
});

test('auditors read records as JSON Lines and as CSV', async () => {
  expect((await log('export', path(''), '--party', 'gateway', '--format', 'csv')).status).toBe(0);
  const csv = readFileSync(path('renkei-gateway.csv'), 'utf8').trimEnd().split('\n');
  expect(csv[0]).toMatch(/^index,kind,at,exchange,/);
  expect((await log('export', path(''), '--party', 'gateway', '--format', 'jsonl')).status).toBe(0);
  const records = readFileSync(path('renkei-gateway.jsonl'), 'utf8').trimEnd().split('\n');
  expect(records.length).toBe(csv.length - 1);
  expect(records.map((line) => JSON.parse(line).kind)).toContain('denied');
  const shown = await log('show', path('renkei-gateway.ndjson'));
  expect(shown.out).toContain('information_not_listed');
});

test('mistakes are told with a hint', async () => {
  const cases: [string[], string][] = [
    [['audit', join(folder, 'none')], 'there is no'],
    [['export', path(''), '--format', 'xml'], 'there is no format xml'],
    [['audit', path(''), '--since', 'yesterday'], 'is no instant'],
    [['audit', path(''), '--keep', 'long'], 'is no period'],
    [['prove', path('renkei-32201.ndjson'), '--index', '-1'], '--index'],
    [['audit', folder], 'no exports of logs'],
    [['look'], 'log has no command look'],
  ];
  for (const [args, words] of cases) {
    const { status, err } = await log(...args);
    expect([status, err], args.join(' ')).toEqual([1, expect.stringContaining(words)]);
  }
});
