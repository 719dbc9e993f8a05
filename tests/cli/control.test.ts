import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clockCommand, inJapan } from '../../src/cli/control/clock-command.ts';
import { secondsOf } from '../../src/cli/control/duration.ts';
import { entryLine } from '../../src/cli/control/entry-line.ts';
import { faultCommand } from '../../src/cli/control/fault-command.ts';
import type { FindOperator } from '../../src/cli/control/operator.ts';
import { stateCommand } from '../../src/cli/control/state-command.ts';
import { isWanted, tailCommand } from '../../src/cli/control/tail-command.ts';
import { CliFailure } from '../../src/cli/output/cli-failure.ts';
import { plain } from '../../src/cli/output/style.ts';
import { MATSUE, type TestNetwork, testNetwork, viewOf } from '../support/test-network.ts';

let net: TestNetwork;
let folder: string;
beforeAll(async () => {
  net = await testNetwork();
  folder = await mkdtemp(join(tmpdir(), 'renkei-control-'));
});
afterAll(async () => {
  await net.network.close();
  await rm(folder, { recursive: true });
});

const find: FindOperator = () => ({ ...net.network.control, path: 'running.json' });

/** Runs a command in this process, and returns what it writes. */
async function run(make: (find: FindOperator) => Command, ...args: string[]): Promise<string> {
  let out = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    const command = make(find)
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    await command.parseAsync(args, { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return out;
}
const failing = (make: (find: FindOperator) => Command, ...args: string[]) =>
  run(make, ...args).then(
    () => expect.fail('it succeeded'),
    (error: { code?: string }) => error.code,
  );

describe('renkei clock', () => {
  test('shows the time, and moves it', async () => {
    const before = net.clock.now();
    expect(await run(clockCommand)).toBe(
      `${inJapan(new Date(before).toISOString())}  模擬時刻 manual\n`,
    );
    await run(clockCommand, 'advance', '1h30m');
    expect(net.clock.now()).toBe(before + 5_400_000);
    const to = inJapan(new Date(before + 5_500_000).toISOString());
    expect(to).toMatch(/\+09:00$/);
    expect(JSON.parse(await run(clockCommand, 'set', to, '--json'))).toEqual({
      kind: 'manual',
      now: new Date(before + 5_500_000).toISOString(),
    });
    expect(await failing(clockCommand, 'set', '2020-01-01T00:00:00Z')).toBe('state_conflict');
  });

  test('is told wrong uses', async () => {
    for (const args of [
      ['advance', 'soon'],
      ['set', 'noon'],
    ]) {
      expect(await failing(clockCommand, ...args), args.join(' ')).toBe('usage');
    }
    expect(await failing(clockCommand, 'back')).toBe('commander.excessArguments');
    expect(await failing(stateCommand, 'save')).toBe('usage');
    expect(await failing(clockCommand, 'advance')).toBe('commander.missingArgument');
  });
});

test.each([
  ['90s', 90],
  ['1h30m', 5400],
  ['1.5s', 1.5],
  ['250ms', 0.25],
  ['2d', 172_800],
  ['1w', 604_800],
  ['PT90S', 90],
  ['P1DT12H', 129_600],
  ['P2W', 1_209_600],
])('%s are %d seconds', (text, seconds) => {
  expect(secondsOf(text, 'advance')).toBe(seconds);
});
test.each(['', '90', 's', '-1s', 'PT', 'P', '1h 30m', 'P1M'])('%j is no span', (text) => {
  expect(() => secondsOf(text, 'advance')).toThrow(CliFailure);
});

test('renkei fault adds, lists and ends faults', async () => {
  const args = ['--from', MATSUE, '--message', 'query', '--action', 'delay', '--delay', '2m'];
  const id = (await run(faultCommand, 'add', ...args, '--times', '3')).trim();
  expect(net.network.faults.list()).toEqual([
    {
      id,
      from: MATSUE,
      message: 'query',
      action: 'delay',
      delaySeconds: 120,
      times: 3,
      applied: 0,
    },
  ]);
  expect(await run(faultCommand)).toBe(
    `${id}  delay 120s  ${MATSUE} → *  query  適用 applied 0/3\n`,
  );
  await run(faultCommand, 'remove', id);
  expect(await failing(faultCommand, 'remove', id)).toBe('not_found');
  await run(faultCommand, 'add', '--action', 'drop', '--probability', '0.5');
  await run(faultCommand, 'clear');
  expect(JSON.parse(await run(faultCommand, 'list', '--json'))).toEqual({ faults: [] });
  for (const wrong of [
    ['--action', 'delay'],
    ['--action', 'refuse', '--leg', 'reply'],
    ['--action', 'drop', '--message', 'quary'],
    ['--action', 'drop', '--times', 'often'],
    ['--action', 'drop', '--from', '松江'],
  ]) {
    expect(await failing(faultCommand, 'add', ...wrong), wrong.join(' ')).toBe('usage');
  }
  expect(net.network.faults.list()).toEqual([]);
});

test('renkei state goes out to a file of its owner’s, and back', async () => {
  const file = join(folder, 'state.json');
  const id = net.newId();
  const view = viewOf(await net.inquire(net.somebody('ordinary'), { id }));
  await run(stateCommand, 'export', file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8')).format).toBe('renkei-state');
  await run(stateCommand, 'reset');
  const options = { token: net.token(MATSUE, 'gyomu') };
  expect((await net.get(MATSUE, `/v1/inquiries/${id}`, options)).status).toBe(404);
  await run(stateCommand, 'import', file);
  expect(await net.inquiry(id)).toEqual(view);
  expect(await failing(stateCommand, 'import', join(folder, 'none.json'))).toBe('usage');
});

describe('renkei tail', () => {
  const entry = {
    ...{ seq: 1, at: Date.parse('2026-11-22T09:00:01.250+09:00'), elapsed: 1 },
    ...{ kind: 'message', from: '11202', to: 'gateway', ids: ['AAAAAAAAAAAAAAAAAAAAAA'] },
    facts: {
      message: 'answer',
      leg: 'reply',
      bytes: 10_184,
      sealedDigest: `${'B'.repeat(43)}`,
      status: 200,
    },
  };

  test('shows each message on one line', () => {
    expect(entryLine(entry, plain)).toBe(
      '09:00:01.250  11202 → gateway      answer              200  10184 B  封 sealed BBBBBBBBBB…  AAAAAAAAAAAAAAAAAAAAAA',
    );
    const fault = {
      ...entry,
      kind: 'fault',
      outcome: 'drop',
      ids: [],
      facts: { message: 'query' },
    };
    expect(entryLine(fault, plain)).toBe(
      '09:00:01.250  11202 → gateway      fault query         drop',
    );
    expect(entryLine({ ...fault, outcome: 'a\u001b[2Jb' }, plain)).not.toContain('\u001b');
  });

  test('shows those that are asked for', () => {
    expect(isWanted(entry, {})).toBe(true);
    expect(isWanted(entry, { agency: '11202' })).toBe(true);
    expect(isWanted(entry, { agency: '32201' })).toBe(false);
    expect(isWanted(entry, { outcome: 'timeout' })).toBe(false);
    expect(isWanted({ ...entry, kind: 'decision' }, {})).toBe(false);
    expect(isWanted({ ...entry, kind: 'decision' }, { all: true })).toBe(true);
  });

  test('follows a network until it ends', async () => {
    const other = await testNetwork();
    const findOther: FindOperator = () => ({ ...other.network.control, path: 'running.json' });
    const seen = Promise.withResolvers<void>();
    let out = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      if (String(text).includes('"opened"')) seen.resolve();
      return true;
    });
    try {
      const watching = Promise.withResolvers<void>();
      const watch = other.network.journal.watch.bind(other.network.journal);
      vi.spyOn(other.network.journal, 'watch').mockImplementation((...args) => {
        watching.resolve();
        return watch(...args);
      });
      const following = tailCommand(findOther).parseAsync(['--json', '--all'], { from: 'user' });
      await watching.promise;
      await other.inquire(other.somebody('ordinary'));
      await seen.promise;
      await other.network.close();
      await following;
    } finally {
      write.mockRestore();
    }
    const kinds = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds.filter((kind) => kind === 'message')).toHaveLength(6);
  });
});
