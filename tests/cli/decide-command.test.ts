import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { decideCommand } from '../../src/cli/decide/command.ts';
import { loadAgencies } from '../../src/cli/decide/load-agencies.ts';
import { compilePermission } from '../../src/protocol/permission/compile.ts';
import { beppyo, order, roleTable } from '../protocol/permission/lists.ts';

const permission = compilePermission([beppyo, order], roleTable);
const VACCINATION = '予防接種法による予防接種の実施に関する情報';
const line = JSON.stringify({
  inquirer: { agency: '34100' },
  item: '25',
  provider: { role: '市町村長' },
  information: VACCINATION,
});

/** Runs `renkei decide …` with its own input, at noon of 2026-11-22 in Japan. */
async function run(args: readonly string[], input = '', isTTY = false) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let usage = '';
  const command = decideCommand({
    stdin: Object.assign(Readable.from([Buffer.from(input)]), { isTTY }),
    stdout,
    stderr,
    now: () => Date.UTC(2026, 10, 22, 3),
    loadPermission: async () => permission,
    loadAgencies: async () => new Map([['34100', { roles: ['広島市長'] }]]),
  });
  command.exitOverride().configureOutput({ writeErr: (said) => (usage += said) });
  let status = 0;
  try {
    await new Command('renkei')
      .addCommand(command)
      .parseAsync(['decide', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    status = error.exitCode;
  }
  stdout.end();
  stderr.end();
  return { status, out: await text(stdout), err: (await text(stderr)) + usage };
}
const one = (information: string, ...more: string[]) =>
  run([
    '--inquirer',
    '34100',
    '--provider',
    '市町村長',
    '--item',
    '25',
    '--information',
    information,
    ...more,
  ]);

describe('NDJSON', () => {
  const PERMIT = '{"decision":"permit","list":"order-r6-9","item":"25"}\n';

  test.each([
    ['"-"', ['-'], true],
    ['no options and no terminal', [], false],
  ])('is read with %s', async (_, args, isTTY) => {
    const { status, out } = await run(args, `${line}\nx\n${line}\n`, isTTY);
    expect(out).toBe(`${PERMIT}{"error":"JSON として読めません / not JSON"}\n${PERMIT}`);
    expect(status).toBe(0);
  });

  test('gives whole decisions with --explain', async () => {
    const { out } = await run(['-', '--explain'], line);
    expect(JSON.parse(out)).toMatchObject({ decision: 'permit', inquirerRole: '市町村長' });
  });
});

describe('one inquiry', () => {
  test('that is permitted is explained', async () => {
    const { status, out, err } = await one(VACCINATION);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    for (const part of [
      '許可 PERMITTED',
      'order-r6-9',
      '令和6年デジタル庁・総務省令第9号 25の項',
      '第27条',
    ]) {
      expect(out).toContain(part);
    }
    expect(out).toContain('34100 (市町村長)');
    expect(out).toContain('2026-11-22');
  });

  test('that is denied says every reason and what would be allowed, and ends well', async () => {
    const { status, out } = await one('地方税関係情報');
    expect(status).toBe(0);
    expect(out).toContain('拒否 DENIED  information_not_listed');
    expect(out).toContain('The item names no such information');
    expect(out).toContain('変更 changed: 特定個人情報 information');
    expect(out).not.toContain('\u001b[');
  });

  test('without a list in force says when lists are', async () => {
    const { out } = await one(VACCINATION, '--at', '2015-01-01');
    expect(out).toContain('list_not_in_force');
    expect(out).toContain('beppyo-2: 2016-08-02 – 2024-05-26');
  });

  test('is JSON on demand, short or whole', async () => {
    const short = await one('x', '--json');
    expect(short.out).toBe(
      '{"decision":"deny","list":"order-r6-9","code":"information_not_listed","reasons":["information_not_listed"]}\n',
    );
    const whole = await one('x', '--json', '--explain');
    expect(JSON.parse(whole.out).nearest).toHaveLength(3);
  });

  test('with a role that no list knows is decided, with a note', async () => {
    const { status, out, err } = await run([
      '--inquirer',
      '市町村帳',
      '--provider',
      '市長',
      '--item',
      '25',
      '--information',
      VACCINATION,
    ]);
    expect(status).toBe(0);
    expect(out).toContain('inquirer_not_listed');
    expect(err).toContain('「市町村帳」');
  });
});

describe('usage errors end with 1', () => {
  const whole = ['--inquirer', '市長', '--provider', '市長', '--item', '25', '--information', 'x'];
  test.each<[string, readonly string[], string]>([
    ['nothing on a terminal', [], 'nothing to decide'],
    ['an unknown option', ['--nonesuch'], 'unknown option'],
    ['another argument', ['file.json'], 'the only argument is "-"'],
    ['"-" and options', ['-', '--item', '25'], 'each line says what to decide'],
    ['no provider', ['--inquirer', '市長', '--item', '25', '--information', 'x'], 'are needed'],
    ['neither item nor affair', whole.toSpliced(4, 2), '--item or --affair'],
    ['no date', [...whole, '--at', 'yesterday'], 'must be a date'],
    ['an unknown list', [...whole, '--list', 'x'], 'no such list'],
    ['an unknown agency', whole.with(1, '99999'), 'no agency has the code'],
  ])('%s', async (_, args, why) => {
    const { status, out, err } = await run(args, '', true);
    expect(err).toContain(why);
    expect({ status, out }).toEqual({ status: 1, out: '' });
  });
});

describe('agencies come from the network’s configuration', () => {
  test('which may say much more, or be wrong, or missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'renkei-decide-'));
    try {
      const file = join(folder, 'renkei.yaml');
      await writeFile(
        file,
        'gateway: { port: 1 }\nagencies:\n  - { code: "01100", name: 札幌市, roles: [市長] }\n',
      );
      expect(await loadAgencies(file)).toEqual(new Map([['01100', { roles: ['市長'] }]]));
      await writeFile(file, 'agencies: [{ code: "1", roles: 市長 }]');
      await expect(loadAgencies(file)).rejects.toThrow();
      await expect(loadAgencies(join(folder, 'none.yaml'))).rejects.toThrow('ENOENT');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
