import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copiesCommand } from '../../src/cli/copies/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KUMAGAYA, type TestNetwork, testNetwork, VACCINATION } from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

let net: TestNetwork;
let node: string[];
/** What the business system exports, line by line. */
let originals: string[];
beforeAll(async () => {
  net = await testNetwork({ residents: 64 });
  node = ['--agency', KUMAGAYA, '--running', runningFile(net)];
  originals = (await run('export', ...KIND)).out.trimEnd().split('\r\n');
});
afterAll(() => net.network.close());

const KIND = ['--information', VACCINATION, '--layout', 'K-1'];
const run = (...args: string[]) => runCommand(copiesCommand(), [...args, ...node]);
const failing = (...args: string[]) =>
  run(...args).then(
    ({ out }) => expect.fail(`it succeeded: ${out}`),
    (error: unknown) => failureOf(error),
  );
function fileOf(lines: readonly string[] | Uint8Array): string {
  const path = join(temporaryFolder(), 'originals.csv');
  writeFileSync(path, lines instanceof Uint8Array ? lines : `${lines.join('\r\n')}\r\n`);
  return path;
}
/** The originals with one row changed, one left out and one that has no form. */
function drifted() {
  const [header = '', first = '', second = '', third = '', ...rest] = originals;
  const changed = first.replace(/,接種,/, ',予診のみ,');
  expect(changed).not.toBe(first);
  const broken = third.replace(/,[男女],/, ',秘,');
  const numbers = [first, second, third].map((row) => row.split(',')[0] ?? '');
  return { file: fileOf([header, changed, broken, ...rest]), numbers };
}
const onTerminal = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const before = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');
  Object.defineProperty(process.stdout, 'isTTY', { value: true, configurable: true });
  try {
    return await work();
  } finally {
    if (before) Object.defineProperty(process.stdout, 'isTTY', before);
    else Reflect.deleteProperty(process.stdout, 'isTTY');
  }
};

test('R-206: what is alike ends with 0, in either encoding; drift ends with 4 and is listed without values', async () => {
  const alike = await run('reconcile', fileOf(originals), ...KIND);
  expect([alike.exit, alike.out]).toEqual([
    0,
    expect.stringContaining('差異なし / no differences'),
  ]);
  const { bytes } = await run('export', ...KIND, '--encoding', 'shift_jis');
  const again = await run('reconcile', fileOf(bytes), ...KIND, '--encoding', 'shift_jis');
  expect([again.exit, again.out]).toEqual([0, alike.out]);

  const { file, numbers } = drifted();
  const { exit, out } = await run('reconcile', file, ...KIND);
  expect(exit).toBe(4);
  expect(out).toMatch(/相違 different 1\n/);
  expect(out).toMatch(/原本なし surplus 2\n/);
  expect(out).toMatch(/原本の形式誤り unreadable 1\n/);
  expect(out).toContain(`相違 different  ${numbers[0]}  2行目 line 2  予診区分`);
  expect(out).toContain(
    `原本の形式誤り unreadable  ${numbers[2]}  3行目 line 3  性別  not_in_code_list`,
  );
  expect(out).toContain(`原本なし surplus  ${numbers[1]}`);
  expect(out).not.toContain('予診のみ');
  expect(out).not.toContain('秘');

  const history = await run('reconcile');
  expect(history.out).toMatch(/予防接種法.* 4 .*原本なし surplus 2/);
  expect(history.out).toMatch(/予防接種法.* 0 /);
  const some = await run('reconcile', file, ...KIND, '--limit', '1');
  expect(some.out).toContain('ほか 3 件');
  const json = JSON.parse((await run('reconcile', file, ...KIND, '--json')).out);
  expect(json).toMatchObject({ differences: 4, list: { length: 4 } });
});

test('values are shown on a terminal only, of both sides, and each person looked at is on record', async () => {
  const { file, numbers } = drifted();
  const refused = await failing('reconcile', file, ...KIND, '--values');
  expect([refused.code, refused.findings[0]?.en]).toEqual([
    'usage',
    expect.stringContaining('terminal'),
  ]);
  const { read } = net.network.agency(KUMAGAYA).node.store;
  const before = read.operations(0, 1_000_000).at(-1)?.seq ?? 0;
  const { out } = await onTerminal(() =>
    run('reconcile', file, ...KIND, '--values', '--as', 'jocho'),
  );
  expect(out).toContain('予診区分: 原本 予診のみ → 副本 接種');
  expect(out).toContain('性別: 秘');
  expect(out).toMatch(/接種種別=.*、接種区分=/);
  const looked = read
    .operations(before, 1_000_000)
    .filter(({ operation }) => operation.operation === 'copies.show')
    .map(({ operation }) => [operation.actor, operation.person]);
  expect(new Set(looked.map(([, person]) => person))).toEqual(new Set(numbers));
  expect(looked.every(([actor]) => actor === 'jocho')).toBe(true);
});

test.each([
  ['no kind of information', (file: string) => ['reconcile', file], 'usage', '--information'],
  ['no such file', () => ['reconcile', 'nirgendwo.csv', ...KIND], 'usage', 'no file'],
  [
    'a limit that is none',
    (file: string) => ['reconcile', file, ...KIND, '--limit', 'x'],
    'usage',
    '--limit',
  ],
  [
    'a layout that is none',
    (file: string) => ['reconcile', file, '--information', VACCINATION, '--layout', 'K-9'],
    'message_malformed',
    'layout',
  ],
  [
    'an encoding that it is not in',
    (file: string) => ['reconcile', file, ...KIND, '--encoding', 'ebcdic'],
    'message_malformed',
    'encoding',
  ],
])('renkei copies reconcile with %s is told as a mistake', async (_, args, code, words) => {
  const failure = await failing(...args(fileOf(originals)));
  expect([failure.code, failure.findings[0]?.en]).toEqual([code, expect.stringContaining(words)]);
});
