import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { failureOf } from '../../src/cli/output/failure.ts';
import { replayCommand } from '../../src/cli/replay/command.ts';
import { runAndWatch } from '../../src/cli/replay/watch.ts';
import { oneInquiry } from '../compliance/ground.ts';
import { temporaryFolder } from '../support/folder.ts';

const GOOD = oneInquiry('{decision: permit, status: provided}');
const BAD = oneInquiry('{decision: permit, status: no_record}');
const BROKEN = `${GOOD}      - tamper: {message: delivery, action: replay, of: ask}\n`;
const WRONG = GOOD.replace('seed:', 'sead:');

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

/** Runs `renkei replay` as the command line does. @returns exit code and what was written */
async function replay(...args: string[]) {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out += String(chunk);
    return true;
  });
  try {
    const command = replayCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    await command.parseAsync(args, { from: 'user' });
    return { exit: Number(process.exitCode ?? 0), out, failure: undefined };
  } catch (error) {
    const failure = failureOf(error);
    return { exit: failure.exit, out, failure };
  }
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('exit codes', () => {
  test('0: all as expected', async () => {
    expect(await replay(folderWith({ 'a/good.yaml': GOOD, 'b.yml': GOOD }))).toMatchObject({
      exit: 0,
    });
  });

  test('1: called wrongly', async () => {
    const folder = folderWith({ 'good.yaml': GOOD });
    for (const args of [
      [],
      ['--no-such-option', folder],
      [join(folder, 'none')],
      ['--reporter', 'prety', folder],
      ['--reporter', 'json,html', folder],
      ['--at', 'tomorrow', folder],
      ['--list', 'order-r6', folder],
      ['--min-coverage', '101', folder],
      ['--min-coverage', 'item=3', folder],
      ['--jobs', '0', folder],
      ['--config', join(folder, 'none.yaml'), folder],
      ['--expected-failures', join(folder, 'none.yaml'), folder],
    ]) {
      expect((await replay(...args)).exit, args.join(' ')).toBe(1);
    }
  });

  test('1: nothing matched is a failure', async () => {
    const folder = folderWith({ 'good.yaml': GOOD });
    expect((await replay(folder, '--filter', 'R-999')).failure?.findings[0].en).toBe(
      'no test matches R-999',
    );
    expect((await replay(folderWith({ 'readme.txt': '' }))).exit).toBe(1);
  });

  test('2: every scenario that is wrong is told, and none is run', async () => {
    const { exit, out, failure } = await replay(
      folderWith({ 'a.yaml': WRONG, 'b.yaml': WRONG, 'c.yaml': GOOD }),
    );
    expect([exit, out]).toEqual([2, '']);
    expect(failure?.findings.map(({ place }) => place)).toEqual([
      expect.stringMatching(/a\.yaml:3:1: sead$/),
      expect.stringMatching(/b\.yaml:3:1: sead$/),
    ]);
    expect(failure?.findings[0].hint?.en).toBe('did you mean seed?');
  });

  test('3: could not run', async () => {
    expect(await replay(folderWith({ 'a.yaml': BROKEN, 'b.yaml': BAD }))).toMatchObject({
      exit: 3,
    });
  });

  test('4: not as expected', async () => {
    expect(await replay(folderWith({ 'a.yaml': BAD }))).toMatchObject({ exit: 4 });
  });

  test('4: too little is reached', async () => {
    const folder = folderWith({ 'a.yaml': GOOD });
    expect((await replay(folder, '--min-coverage', 'provisions=1')).exit).toBe(4);
    expect((await replay(folder, '--min-coverage', 'provisions=0.1')).exit).toBe(0);
    expect((await replay(folder, '--min-coverage', '90')).exit).toBe(4);
  });
});

describe('options', () => {
  test('several reporters at once', async () => {
    const folder = folderWith({ 'a.yaml': BAD });
    const file = (name: string) => join(folder, 'out', name);
    const list = `pretty,junit=${file('j.xml')},json=${file('r.json')},html=${file('r.html')}`;
    const { out } = await replay(folder, '--reporter', list);
    expect(out).toContain('期待 expected');
    expect(readFileSync(file('j.xml'), 'utf8')).toContain('<failure');
    expect(JSON.parse(readFileSync(file('r.json'), 'utf8'))).toMatchObject({
      ok: false,
      totals: { failed: 1 },
    });
    expect(readFileSync(file('r.html'), 'utf8')).toContain('Compliance report');
  });

  test('--filter, --bail, --at, --list', async () => {
    const folder = folderWith({ 'a.yaml': BAD, 'b.yaml': GOOD, 'c.yaml': GOOD });
    expect((await replay(folder, '--filter', 'b.yaml')).exit).toBe(0);
    expect((await replay(folder, '--bail', '--jobs', '1')).out).toContain('1 tests in 1 files');
    expect((await replay(join(folder, 'b.yaml'), '--at', '2023-11-22')).out).toContain(
      'inquirer_not_listed',
    );
    expect((await replay(join(folder, 'b.yaml'), '--list', 'beppyo-2')).exit).toBe(4);
  });

  test('expected-failures.yaml of the folder counts', async () => {
    const until = (day: string) =>
      folderWith({
        'a.yaml': BAD,
        'expected-failures.yaml': `version: 1\nfailures: [{file: a.yaml, test: one, reason: 既知, until: ${day}}]\n`,
      });
    expect((await replay(until('9999-12-31'))).exit).toBe(0);
    expect((await replay(until('2020-01-01'))).exit).toBe(4);
  });
});

test('--watch runs again after a change, until it is stopped', async () => {
  const folder = folderWith({ 'a.yaml': GOOD });
  const stop = new AbortController();
  let runs = 0;
  await runAndWatch(
    [folder],
    async () => {
      runs += 1;
      if (runs === 2) stop.abort();
      else writeFileSync(join(folder, 'a.yaml'), BAD);
    },
    stop.signal,
  );
  expect(runs).toBe(2);
});
