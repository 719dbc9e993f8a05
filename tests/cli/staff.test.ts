import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { failureOf } from '../../src/cli/output/failure.ts';
import { reviewsCommand } from '../../src/cli/reviews/command.ts';
import { staffCommand } from '../../src/cli/staff/command.ts';
import { codeNow, ready, staffNetwork } from '../support/staff.ts';
import { KUMAGAYA, type TestNetwork } from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

// `renkei staff`: users and authority, log-in, the operation log, from the shell.

let net: TestNetwork;
let running: string;
beforeAll(async () => {
  net = await staffNetwork();
  running = runningFile(net);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(() => net.network.close());
afterEach(() => {
  vi.unstubAllEnvs();
});

const NODE = () => ['--agency', KUMAGAYA, '--running', running];
const run = async (...args: string[]) =>
  (await runCommand(staffCommand(), [...args, ...NODE()])).out;
const json = async (...args: string[]) => JSON.parse(await run(...args, '--json'));
const failing = (...args: string[]) =>
  run(...args).then(
    (out) => expect.fail(`it succeeded: ${out}`),
    (error: unknown) => failureOf(error),
  );

/** What is on standard input while something runs. */
async function typing<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
  const before = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {};
  Object.defineProperty(process, 'stdin', { value: Readable.from([text]), configurable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(process, 'stdin', before);
  }
}

test('R-308: otp prints the present code of a ready user, by the network’s clock', async () => {
  const code = (await run('otp', 'jocho')).trim();
  expect(code).toBe(codeNow(net, ready(net, 'jocho').secret));
  net.clock.advance(30_000);
  expect((await run('otp', 'jocho')).trim()).not.toBe(code);
  expect(await json('otp', 'jocho')).toEqual({
    code: expect.stringMatching(/^\d{6}$/),
    secondsLeft: expect.any(Number),
  });
  expect((await failing('otp', 'nobody')).code).toBe('usage');
  await typing('not base32!\n', async () => {
    const failure = await failing('otp', '--secret-stdin');
    expect(JSON.stringify(failure.findings)).not.toContain('not base32!');
  });
});

test('a ready user logs in without typing anything; the token goes on to other commands', async () => {
  net.clock.advance(30_000);
  const token = (await run('log-in', 'jocho')).trim();
  expect(token).toMatch(/^[\w-]{43}$/);
  const reviews = (...more: string[]) =>
    runCommand(reviewsCommand(), ['list', ...NODE(), '--json', ...more]);
  expect(JSON.parse((await reviews('--session', token)).out)).toHaveProperty('reviews');
  vi.stubEnv('RENKEI_SESSION', token);
  expect(JSON.parse((await reviews('--as', 'somebody')).out)).toHaveProperty('reviews');
  expect(await run('log-out')).toContain('logged out');
  await expect(reviews('--session', token)).rejects.toThrow('not_authenticated');
  vi.unstubAllEnvs();
  expect((await failing('log-out')).code).toBe('usage');
});

test('an administrator makes a user, who logs in, sets a password, and is withdrawn at once', async () => {
  const made = await run('add', 'sato', '--role', 'officer', '--role', 'supervisor');
  const [, password = ''] = /初期パスワード initial password: (\S+)/.exec(made) ?? [];
  const [, secret = ''] = /one-time codes of sato: (\S+)/.exec(made) ?? [];
  expect(made).toContain('2026-11-24 – 2027-03-31');
  expect(made).toContain('otpauth://totp/');
  const code = (await typing(`${secret}\n`, () => run('otp', '--secret-stdin'))).trim();
  const logIn = () => run('log-in', 'sato', '--password-stdin', '--code', code);
  const token = (await typing(`${password}\n`, logIn)).trim();
  vi.stubEnv('RENKEI_SESSION', token);
  expect((await failing('list', '--as', 'sato')).code).toBe('not_authorised');
  await typing(`${password}\nten thousand cranes\n`, () => run('password', '--password-stdin'));
  expect(await run('list', '--as', 'sato')).toContain('sato');

  const shown = await run('show', 'sato');
  expect(shown).toContain('reviews.approve');
  await run('change', 'sato', '--role', 'officer');
  expect((await failing('list', '--as', 'sato')).code).toBe('not_authenticated');
  expect(await run('show', 'sato')).not.toContain('reviews.approve');
  expect(await run('disable', 'sato')).toContain('停止 disabled');
  expect(await run('enable', 'sato')).not.toContain('停止 disabled');
  expect(await run('reset', 'sato')).toContain('初期パスワード initial password');
  expect(await run('reset', 'sato', '--otp')).toMatch(/one-time codes of sato: [A-Z2-7]{32}/);
  expect((await failing('unlock', 'nobody')).code).toBe('not_found');
});

test('shared ids, departments and their affairs', async () => {
  const affair = '予防接種法による予防接種の実施に関する事務';
  const departments = await run('departments', 'kenkou', '--name', '健康課', '--affair', affair);
  expect(departments).toMatch(/kenkou +│ 健康課 +│ JM\d{14}/);
  expect((await failing('departments', 'kenkou')).code).toBe('usage');
  await run('add', 'madoguchi', '--department', 'kenkou', '--person', 'mori', '--person', 'hara');
  const list = await run('list');
  expect(list).toContain('共用 shared: hara, mori');
  expect(list).toMatch(/kansa .*soumu 総務課 .*auditor .*すべて all .*2099-03-31/);
  const { users } = await json('list');
  expect(users.map(({ user }: { user: string }) => user)).toContain('madoguchi');
});

test('R-305: the operation log and what stands out in it, as tables and as JSON', async () => {
  for (let failed = 0; failed < 3; failed += 1) {
    const wrong = () => failing('log-in', 'tanto2', '--password-stdin', '--code', '000000');
    expect((await typing('wrong\n', wrong)).code).toBe('not_authenticated');
  }
  const log = await run('operations', '--actor', 'tanto2', '--refused');
  expect(log.match(/wrong-password 拒否 refused/g)).toHaveLength(3);
  const page = await run('operations', '--limit', '2');
  expect(page).toContain('続き more: --after 2');
  const { operations } = await json(
    'operations',
    '--operation',
    'staff.change',
    '--subject',
    'sato',
  );
  expect(operations.length).toBeGreaterThan(4);
  const found = await run('anomalies', '--from', '2026-11-24');
  expect(found).toMatch(/ログインの失敗 failed log-ins +│? *tanto2/);
  expect(found).toMatch(/異常 \d+ 件 findings/);
  expect((await json('anomalies', '--rule', 'failed-log-ins')).findings).toMatchObject([
    { actor: 'tanto2', count: 3 },
  ]);
  expect(await run('anomalies', '--until', '2026-01-01')).toContain('異常 0 件 findings');
});
