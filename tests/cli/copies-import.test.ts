import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'iconv-lite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { copiesCommand } from '../../src/cli/copies/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { progressBar } from '../../src/cli/output/progress-bar.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { file, person, tax } from '../agency/imports/keeper.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KUMAGAYA, type TestNetwork, testNetwork } from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

const TAX = '地方税関係情報';

let net: TestNetwork;
let running: string;
beforeAll(async () => {
  net = await testNetwork({ agencies: [KUMAGAYA], residents: 4 });
  running = runningFile(net);
});
afterAll(() => net.network.close());

const folder = temporaryFolder();
const written = (content: string | Uint8Array, name = 'copies.csv'): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const run = (path: string, ...args: string[]) =>
  runCommand(copiesCommand(), [
    ...['import', path, '--agency', KUMAGAYA, '--as', 'tanto', '--running', running],
    ...['--information', TAX, '--layout', 'X-1', ...args],
  ]);
const failing = (path: string, ...args: string[]) =>
  run(path, ...args).then(
    ({ out }) => expect.fail(`it succeeded: ${out}`),
    (error: unknown) => failureOf(error),
  );
const held = (number: number) =>
  net.network
    .agency(KUMAGAYA)
    .node.store.read.copyVersions(person(number), informationCode(TAX))
    .map(({ records }) => JSON.parse(records).length);

test('a file is sent to the node, and what became of it is told', async () => {
  const path = written(file(tax(1, 2024), tax(1, 2025), tax(2, 2024)));
  const { out, exit } = await run(path);
  expect(exit).toBe(0);
  expect(out).toMatch(/^取込み済み imported {2}地方税関係情報/);
  expect(out).toContain(
    '3 行 rows、2 人 persons: 追加 added 2、更新 replaced 0、変更なし unchanged 0',
  );
  expect([held(1), held(2)]).toEqual([[2], [1]]);
  const again = await run(path, '--json');
  expect(JSON.parse(again.out)).toMatchObject({ state: 'applied', unchanged: 2, mistakes: 0 });
});

test('mistakes are a table, the exit code is 4, and nothing was taken unless --partial', async () => {
  const path = written(file(tax(3, 2024), tax(4, 24), `${person(5)},2024,x,1,,,`));
  const { out, exit } = await run(path);
  expect(exit).toBe(4);
  expect(out).toMatch(/^取り込んでいません refused/);
  expect(out).toMatch(/│ 3 +│ 課税年度 +│ 西暦年（YYYY）ではありません/);
  expect(out).toMatch(/│ 4 +│ 合計所得金額 +│ 整数ではありません/);
  expect(out).toContain('not a whole number');
  expect(held(3)).toEqual([]);
  const partly = await run(path, '--partial');
  expect(partly.exit).toBe(4);
  expect(partly.out).toContain('1 人 persons: 追加 added 1');
  expect([held(3), held(4)]).toEqual([[1], []]);
});

test('imports are listed, and each is told again', async () => {
  const { out } = await run(written(file(tax(7, 24))));
  const [, id = ''] = /情報 {2}(\S+)/.exec(out) ?? [];
  const imports = (...args: string[]) =>
    runCommand(copiesCommand(), ['imports', ...args, '--agency', KUMAGAYA, '--running', running]);
  expect((await imports()).out).toMatch(
    new RegExp(`│ ${id} +│ 2026-11-22T09:00:00\\+09:00 │ tanto +│ 地方税関係情報 .* refused`),
  );
  expect((await imports(id)).out).toBe(out);
  expect(JSON.parse((await imports('--limit', '1', '--json')).out).imports).toHaveLength(1);
  await expect(imports('no-such-import')).rejects.toMatchObject({ code: 'not_found' });
});

test('many mistakes: the first fifty, and all of them by kind', async () => {
  const rows = Array.from({ length: 300 }, (_, at) => tax(100 + at, at < 200 ? 24 : 2024, -1));
  const { out } = await run(written(file(...rows)));
  expect(out).toContain('誤り mistakes 200（200 人 persons）');
  expect(out).toMatch(/│ 200 +│ 課税年度/);
  expect(out.match(/西暦年（YYYY）ではありません/g)).toHaveLength(51);
});

test('--delete, --encoding and --published reach the node', async () => {
  const path = written(encode(`統合宛名番号\n${person(1)}\n`, 'Shift_JIS'));
  expect((await run(path, '--delete', '--encoding', 'shift_jis')).out).toContain('deleted 1');
  expect(held(1)).toEqual([]);
  const future = written(file(tax(6, 2024)));
  await run(future, '--published', '2030-04-01');
  const day = net.network
    .agency(KUMAGAYA)
    .node.store.read.copyVersions(person(6), informationCode(TAX));
  expect(day.map(({ published }) => published)).toEqual(['2030-04-01']);
});

test('a file that is not there, is none, is empty; a layout and a network that are not there', async () => {
  const nowhere = await failing(join(folder, 'nowhere.csv'));
  expect(nowhere).toMatchObject({ code: 'usage', findings: [{ en: /there is no file/ }] });
  mkdirSync(join(folder, 'sub'));
  expect((await failing(join(folder, 'sub'))).findings[0].en).toMatch(/is no file/);
  const empty = await run(written(''));
  expect([empty.exit, empty.out]).toEqual([4, expect.stringContaining('ファイルが空です')]);
  const path = written(file(tax(1, 2024)));
  expect(await failing(path, '--layout', 'X-2')).toMatchObject({ code: 'message_malformed' });
  expect((await failing(path, '--as', 'kansa')).code).toBe('not_authorised');
  expect((await failing(path, '--as', 'nobody')).code).toBe('usage');
});

test('a refusal is told though most of the file is still to be sent', async () => {
  const path = written(Buffer.alloc(30_000_000, 'x'), 'large.csv');
  expect((await failing(path, '--as', 'kansa')).code).toBe('not_authorised');
  const { out, exit } = await run(path);
  expect([exit, out]).toEqual([4, expect.stringContaining('行が長すぎます')]);
});

test('the bar shows rate and time left on a terminal, and nothing elsewhere', () => {
  const texts: string[] = [];
  const terminal = { isTTY: true, columns: 120, write: (text: string) => texts.push(text) };
  const stream = Object.assign(Object.create(process.stderr), terminal) as NodeJS.WriteStream;
  const bar = progressBar(stream, { unit: 'MB', scale: 1e6 });
  bar.update(5e6, 10e6, '検査 checking');
  bar.end();
  expect(texts.join('')).toMatch(/50% \| 5\/10 MB \| [0-9.]+ MB\/s \| 残り left \S+ 検査 checking/);
  const write = vi.spyOn(process.stderr, 'write');
  const silent = progressBar({ isTTY: false } as NodeJS.WriteStream, { unit: 'MB' });
  silent.update(1, 2);
  silent.end();
  expect(write).not.toHaveBeenCalled();
});
