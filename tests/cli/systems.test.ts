import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from '../../src/cli/output/failure.ts';
import { systemsCommand } from '../../src/cli/systems/command.ts';
import { keyPair } from '../support/business-system.ts';
import { temporaryFolder } from '../support/folder.ts';
import { affairOf } from '../support/law.ts';
import { expectProblem } from '../support/problem.ts';
import { MATSUE, type TestNetwork, testNetwork, VACCINATION } from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

// business systems from the command line, and a developer’s own program that logs in.

let net: TestNetwork;
let running: string;
const folder = temporaryFolder();
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  net = await testNetwork();
  running = runningFile(net);
});
afterAll(() => net.network.close());

const run = async (...args: string[]) =>
  (await runCommand(systemsCommand(), [...args, '--agency', MATSUE, '--running', running])).out;
const failing = (...args: string[]) =>
  run(...args).then(
    (out) => expect.fail(`it succeeded: ${out}`),
    (error: unknown) => failureOf(error),
  );
const list = (token: string) => net.get(MATSUE, '/v1/inquiries', { token });

test('entered with a new key, logged in with it, limited, and revoked', async () => {
  writeFileSync(
    file('asks.yaml'),
    `- affair: ${affairOf('25')}\n  information: [${VACCINATION}]\n`,
  );
  const added = await run(
    ...['add', 'kenko', '--name', '健康情報システム', '--new-key', file('key.json')],
    ...['--asks', file('asks.yaml'), '--rate', '5/10'],
  );
  expect(added).toContain('有効 enabled');
  expect(added).toContain(affairOf('25'));
  // The private half is for its owner alone, and never leaves the file.
  expect(statSync(file('key.json')).mode & 0o777).toBe(0o600);
  const { d } = JSON.parse(readFileSync(file('key.json'), 'utf8'));
  expect(Buffer.from(await net.network.agency(MATSUE).serialize()).includes(d)).toBe(false);

  const token = (await run('token', '--system', 'kenko', '--key', file('key.json'))).trim();
  expect(token).toMatch(/^bs_/);
  expect((await list(token)).status).toBe(200);
  const { expires_in } = JSON.parse(
    await run('token', '--system', 'kenko', '--key', file('key.json'), '--json'),
  );
  expect(expires_in).toBe(600);

  expect(await run('list')).toMatch(/kenko.*1 事務 affairs.*5\/s \(10\)/);
  await run('change', 'kenko', '--asks', 'all', '--rate', 'none', '--name', '保健システム');
  expect(await run('show', 'kenko')).toMatch(
    /保健システム[\s\S]*上限 limit {4}なし none[\s\S]*all/,
  );
  await run('change', 'kenko', '--state', 'disabled');
  expectProblem(await list(token), 'not_authenticated');
  await run('change', 'kenko', '--state', 'enabled');
  expect(await run('revoke', 'kenko', '--yes')).toContain('失効 revoked');
  expect((await failing('token', '--system', 'kenko', '--key', file('key.json'))).code).toBe(
    'not_authenticated',
  );
});

test('a key that a tool made: its public half is registered, whichever half is handed over', async () => {
  const { exportJWK } = await import('jose');
  const { privateKey, publicJwk } = await keyPair('ES256');
  const secret = await exportJWK(privateKey);
  writeFileSync(file('ec.json'), JSON.stringify(secret));
  writeFileSync(file('ec.pub.json'), JSON.stringify({ ...publicJwk, alg: 'ES256', use: 'sig' }));
  await run('add', 'zeimu', '--name', '税務システム', '--key', file('ec.pub.json'));
  expect(await run('token', '--system', 'zeimu', '--key', file('ec.json'))).toMatch(/^bs_/);
  const whole = await run(
    'add',
    'shakai',
    '--name',
    '社会保障システム',
    '--key',
    file('ec.json'),
    '--json',
  );
  expect(whole).not.toContain(String(secret.d));
});

test('what is wrong is told with what to do, and nothing is written or entered', async () => {
  writeFileSync(file('wrong.json'), '{"kty":"RSA"}');
  writeFileSync(file('broken.yaml'), 'a: [b');
  writeFileSync(file('there.json'), 'mine');
  const wrong: [code: string, ...args: string[]][] = [
    ['key_invalid', 'add', 'x', '--name', 'x', '--key', file('wrong.json')],
    ['key_invalid', 'token', '--system', 'x', '--key', file('wrong.json')],
    ['path_not_usable', 'add', 'x', '--name', 'x', '--key', file('none.json')],
    ['path_not_usable', 'add', 'x', '--name', 'x', '--new-key', file('there.json')],
    ['file_invalid', 'add', 'x', '--name', 'x', '--asks', file('broken.yaml')],
    ['usage', 'add', 'x', '--name', 'x', '--rate', 'much'],
    ['message_malformed', 'add', 'x', '--name', 'x', '--uses', 'everything'],
    ['usage', 'change', 'gyomu'],
    ['state_conflict', 'add', 'gyomu', '--name', 'x'],
    ['not_found', 'show', 'x'],
    ['not_authorised', 'revoke', 'gyomu', '--yes', '--as', 'tanto'],
  ];
  for (const [code, ...args] of wrong)
    expect((await failing(...args)).code, args.join(' ')).toBe(code);
  expect(readFileSync(file('there.json'), 'utf8')).toBe('mine');
  expect(existsSync(file('none.json'))).toBe(false);
  expect(await run('list')).not.toMatch(/^x /m);
});
