import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copiesCommand } from '../../src/cli/copies/command.ts';
import { mediaCommand } from '../../src/cli/media/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { statusCommand } from '../../src/cli/status/command.ts';
import { encryptTo } from '../../src/service/age/encrypt.ts';
import { temporaryFolder } from '../support/folder.ts';
import { DAY } from '../support/staff.ts';
import { KUMAGAYA, type TestNetwork, testNetwork, VACCINATION } from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

let net: TestNetwork;
let running: string;
let recipient: string;
let lending: string;
const folder = temporaryFolder();
const file = (name: string) => join(folder, name);
const KEY = file('key.txt');

beforeAll(async () => {
  net = await testNetwork();
  running = runningFile(net);
});
afterAll(() => net.network.close());

const NODE = () => ['--agency', KUMAGAYA, '--running', running];
const media = async (...args: string[]) =>
  (await runCommand(mediaCommand(), [...args, ...NODE()])).out;
const copies = async (...args: string[]) =>
  (await runCommand(copiesCommand(), [...args, ...NODE()])).out;
const failing = (run: Promise<string>) =>
  run.then(
    (out) => expect.fail(`it succeeded: ${out}`),
    (error: unknown) => failureOf(error),
  );
const borrow = async (number: string) => {
  await media('add', number, '--serial', 'SN-1');
  const about = ['--information', VACCINATION, '--purpose', '委託先に渡す'];
  const made = await media('borrow', number, ...about, '--until', '2026-11-30', '--json');
  return String(JSON.parse(made).id);
};
const write = (out: string, ...more: string[]) =>
  media(
    'write',
    '--lending',
    lending,
    '--recipient',
    recipient,
    '--out',
    out,
    '--layout',
    'K-1',
    ...more,
  );

test('a key is made for its owner to read only, and never over another', async () => {
  const { out } = await runCommand(mediaCommand(), ['key', '--out', KEY]);
  recipient = out.trim();
  expect(recipient).toMatch(/^age1[02-9ac-hj-np-z]{58}$/);
  expect(statSync(KEY).mode & 0o777).toBe(0o600);
  const before = readFileSync(KEY, 'utf8');
  expect(before).toMatch(/^# public key: age1\w+\nAGE-SECRET-KEY-1/);
  const again = runCommand(mediaCommand(), ['key', '--out', KEY]).then(({ out: said }) => said);
  expect((await failing(again)).code).toBe('usage');
  expect(readFileSync(KEY, 'utf8')).toBe(before);
});

test('R-306: asked for, lent, written to encrypted, given back, taken back', async () => {
  lending = await borrow('USB-1');
  expect(await media('list')).toMatch(/USB-1 .*usb_memory .*申請中 asked for .*tanto、2026-11-30/);
  expect((await failing(write(file('a.age')))).code).toBe('approval_required');
  expect(existsSync(file('a.age'))).toBe(false);
  expect(existsSync(file('a.age.part'))).toBe(false);
  const unasked = await failing(media('approve', lending));
  expect(unasked.findings[0]?.hint?.en).toContain('media lendings');
  expect((await failing(media('approve', lending, '--yes', '--as', 'tanto2'))).code).toBe(
    'not_authorised',
  );
  expect(await media('approve', lending, '--yes')).toMatch(/貸出し中 lent .*tanto、jocho/);
  expect(await write(file('a.age'))).toMatch(/a\.age: \d+ バイト、暗号化済み/);
  expect(readFileSync(file('a.age'), 'latin1')).toMatch(/^age-encryption\.org\/v1\n/);
  const over = await failing(write(file('a.age')));
  expect(over).toMatchObject({ code: 'usage' });
  expect((await failing(write(file('none/a.age')))).code).toBe('usage');
  const silent = media('return', lending, '--erased', 'no');
  expect((await failing(silent)).code).toBe('message_malformed');
  const given = await media('return', lending, '--erased', 'no', '--note', '委託先に渡した');
  expect(given).toMatch(/返却報告済み return reported/);
  expect(await media('accept', lending)).toMatch(/返却済み returned/);
  expect(await media('list')).toMatch(/USB-1.*データ残存 holds data/);
  expect(await media('lendings', '--state', 'all')).toMatch(/書出し 1 files/);
  await media('retire', 'USB-1', '--reason', '委託先で廃棄');
  expect(await media('list')).not.toContain('USB-1');
  expect(await media('list', '--retired')).toMatch(/USB-1.*廃棄 retired.*委託先で廃棄/);
});

test('what was written comes back with the secret key, and with no other; nothing of a damaged one', async () => {
  const import_ = (name: string, key = KEY) =>
    copies(
      'import',
      file(name),
      '--information',
      VACCINATION,
      '--layout',
      'K-1',
      '--identity',
      key,
      '--json',
    );
  const report = JSON.parse(await import_('a.age'));
  expect(report).toMatchObject({ state: 'applied', added: 0, mistakes: 0 });
  expect(report.unchanged).toBeGreaterThan(10);
  await runCommand(mediaCommand(), ['key', '--out', file('other.txt'), '--post-quantum', '--json']);
  const imports = async () =>
    JSON.parse(await copies('imports', '--json')).imports.filter(
      ({ state }: { state: string }) => state === 'accepted' || state === 'applied',
    ).length;
  const before = await imports();
  expect((await failing(import_('a.age', file('other.txt')))).code).toBe('file_not_opened');
  const whole = readFileSync(file('a.age'));
  const opened = [whole.subarray(0, -1), whole.subarray(0, 100), Buffer.from('a,b\r\n')];
  for (const [at, bytes] of opened.entries()) {
    writeFileSync(file(`cut-${at}.age`), bytes);
    expect((await failing(import_(`cut-${at}.age`))).code).toBe('file_not_opened');
  }
  // One that is longer than a piece: some of it has been sent when it turns out to be damaged.
  const plain = await copies('export', '--information', VACCINATION, '--layout', 'K-1');
  const encrypt = await encryptTo([recipient]);
  const long = new Blob(new Array<string>(20).fill(plain)).stream();
  const pieces: Uint8Array[] = [];
  for await (const piece of await encrypt(long)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  expect(bytes.length).toBeGreaterThan(200_000);
  writeFileSync(file('long.age'), bytes.subarray(0, -1));
  expect((await failing(import_('long.age'))).code).toBe('file_not_opened');
  writeFileSync(file('no-key.txt'), 'himitsu\n');
  const wrong = await failing(import_('a.age', file('no-key.txt')));
  expect(wrong.code).toBe('key_invalid');
  expect(JSON.stringify(wrong)).not.toContain('himitsu');
  expect((await failing(import_('none.age'))).code).toBe('usage');
  await net.settled();
  expect(await imports()).toBe(before);
});

test('renkei status tells what is lent and what is overdue', async () => {
  const status = async (...args: string[]) =>
    (await runCommand(statusCommand(), [...args, '--running', running])).out;
  lending = await borrow('USB-2');
  const one = () => status('--agency', KUMAGAYA);
  expect(await one()).toMatch(/approvals: 外部記録媒体 media 1$/m);
  await media('approve', lending, '--yes');
  expect(await one()).toMatch(/貸出し中の媒体 media lent: 1$/m);
  net.clock.advance(9 * DAY);
  expect(await one()).toMatch(/media lent: 1 {2}返却期限超過 overdue 1$/m);
  expect(await status()).toMatch(/11202 熊谷市.*返却期限超過 overdue 1/);
  expect(await media('list')).toMatch(/USB-2.*返却期限超過 overdue/);
  expect((await failing(write(file('late.age')))).code).toBe('state_conflict');
});
