import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batches as api } from '../../src/protocol/node-api/batches.ts';
import { endAll, renkei, up } from './processes.ts';

let folder: string;
let env: { readonly RENKEI_RUNNING: string };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renkei-batch-'));
  env = { RENKEI_RUNNING: join(folder, 'running.json') };
  await up(['--memory'], env);
});
afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true });
});
const path = (name: string) => join(folder, name);
const batch = (...args: string[]) => renkei(['batch', ...args], env);
const at = ['--agency', '32201'];
const batches = async (as = 'gyomu') =>
  api.list.responses[200].parse(JSON.parse((await batch('list', ...at, '--as', as, '--json')).out))
    .batches;
async function example(name: string, rows: number, ...more: string[]): Promise<string> {
  const { status, err } = await batch(
    'example',
    '--rows',
    String(rows),
    '--out',
    path(name),
    ...more,
  );
  expect([status, err]).toEqual([0, '']);
  return path(name);
}

test('an example is asked, its result file written for its owner alone, and told in a table', async () => {
  const file = await example('first.csv', 6);
  const { status, out, err } = await batch(file, ...at);
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(/終了 finished.*提供 provided.*計 rows +│ +6 /s);
  expect(out).toContain(`結果 results  ${path('first_result.csv')}`);
  const lines = readFileSync(path('first_result.csv'), 'utf8').split('\r\n');
  expect(lines.filter(Boolean)).toHaveLength(7);
  expect(statSync(path('first_result.csv')).mode & 0o077).toBe(0);

  const again = await batch(file, ...at, '--out', path('again.jsonl'), '--json');
  const { batch: same, results } = JSON.parse(again.out);
  expect(out).toContain(same.id);
  expect(results).toBe(path('again.jsonl'));
  const rows = readFileSync(results, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('mistakes have their places in the parts of a split file; nothing is sent: exit 2', async () => {
  const before = await batches();
  const good = readFileSync(await example('good.csv', 4), 'utf8').split('\r\n');
  writeFileSync(path('split_0001.csv'), good.slice(0, 2).join('\r\n'));
  writeFileSync(
    path('split_0002.csv'),
    `${good[2]}\r\n${good[3]?.replace(/,,$/, ',20260230,')}\r\n`,
  );
  const { status, err } = await batch(path('split_0001.csv'), ...at);
  expect(status).toBe(2);
  expect(err).toContain(
    `${path('split_0002.csv')}:2: 照会開始日付\n  存在しない日時です\n  no such date or time`,
  );
  const json = await batch(path('split.csv'), ...at, '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    count: 1,
    findings: [{ line: 4, problem: 'no_such_date' }],
  });

  rmSync(path('split_0001.csv'));
  const missing = await batch(path('split_0002.csv'), ...at);
  expect([missing.status, missing.err]).toEqual([
    2,
    expect.stringContaining(`${path('split_0001.csv')}\n`),
  ]);
  expect((await batch(path('none.csv'), ...at)).status).toBe(2);
  expect(await batches()).toEqual(before);
  expect(existsSync(path('split_result.csv'))).toBe(false);
});

test('--concurrency is a whole number from 1 to 256, of a new batch: else exit 1, and nothing is read or sent', async () => {
  const before = await batches();
  for (const wrong of ['0', '257', '1.5']) {
    const { status, err } = await batch(path('nowhere.csv'), ...at, `--concurrency=${wrong}`);
    expect([status, err.includes('1 to 256')], wrong).toEqual([1, true]);
  }
  const { status, err } = await batch('--resume', 'x', ...at, '--concurrency', '4');
  expect([status, err.includes('is for a new batch')]).toEqual([1, true]);
  expect(await batches()).toEqual(before);
  const { status: good } = await batch(await example('few.csv', 2), ...at, '--concurrency', '256');
  expect(good).toBe(0);
});

test('usage is exit 1, no network exit 3', async () => {
  expect((await batch(...at)).status).toBe(1);
  expect((await batch('x.csv')).status).toBe(1);
  expect((await batch('example', '--rows', '0')).status).toBe(1);
  const nowhere = { RENKEI_RUNNING: path('none.json') };
  expect((await renkei(['batch', path('first.csv'), ...at], nowhere)).status).toBe(3);
  expect((await batch('--resume', 'AAAAAAAAAAAAAAAAAAAAAA', ...at)).status).toBe(3);
});

test('staff: a supervisor approves, and whoever sent it goes on', async () => {
  const file = await example('staff.csv', 3);
  const sent = await batch(file, ...at, '--as', 'tanto');
  expect([sent.status, sent.out]).toEqual([
    0,
    expect.stringContaining('承認待ち awaiting approval'),
  ]);
  expect(existsSync(path('staff_result.csv'))).toBe(false);
  const [{ id = '' } = {}] = await batches('tanto');
  expect(sent.out).toContain(`batch approve ${id} --agency 32201 --as jocho`);
  expect((await batch('approve', id, ...at, '--as', 'tanto')).status).not.toBe(0);
  expect((await batch('approve', id, ...at)).status).toBe(0);
  const { status, out } = await batch(
    '--resume',
    id,
    ...at,
    '--as',
    'tanto',
    '--out',
    path('staff.out.csv'),
  );
  expect([status, out]).toEqual([0, expect.stringContaining('終了 finished')]);
  expect(readFileSync(path('staff.out.csv'), 'utf8').split('\r\n')).toHaveLength(5);
});

test('rows without an answer: exit 4, and how to go on', async () => {
  const file = await example('faulty.csv', 7);
  await renkei(['fault', 'add', '--message', 'query', '--action', 'drop'], env);
  const { status, out } = await batch(file, ...at);
  await renkei(['fault', 'clear'], env);
  expect([status, out]).toEqual([4, expect.stringContaining('未了 open')]);
  const [, id = ''] = /batch --resume ([\w-]+) /.exec(out) ?? [];
  const after = await batch('--resume', id, ...at, '--out', path('faulty.out.csv'));
  expect([after.status, after.out]).toEqual([0, expect.stringContaining('終了 finished')]);
});

test('Ctrl-C leaves the batch running in the node', async () => {
  const file = await example('long.csv', 250);
  const script = fileURLToPath(new URL('../../bin/renkei.js', import.meta.url));
  const child = spawn(process.execPath, [script, 'batch', file, ...at, '--concurrency', '1'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = text(child.stderr);
  const running = async () => (await batches()).find(({ state }) => state === 'running');
  await expect.poll(running, { timeout: 20_000 }).toBeDefined();
  const { id = '' } = (await running()) ?? {};
  await expect
    .poll(async () => (await running())?.done ?? 250, { timeout: 20_000 })
    .toBeGreaterThan(0);
  child.kill('SIGINT');
  const [status] = await once(child, 'exit');
  expect([status, await said]).toEqual([
    130,
    expect.stringContaining(`batch --resume ${id} --agency 32201`),
  ]);
  const { status: end, out } = await batch('--resume', id, ...at, '--out', path('long.out.csv'));
  expect([end, out]).toEqual([0, expect.stringContaining('終了 finished')]);
});
