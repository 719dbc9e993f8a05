import { afterAll, beforeAll, expect, test } from 'vitest';
import { logCommand } from '../../src/cli/log/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { statusCommand } from '../../src/cli/status/command.ts';
import { MATSUE, type TestNetwork, testNetwork, viewOf } from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

let net: TestNetwork;
let running: string;
let exchange: string;
beforeAll(async () => {
  net = await testNetwork({ residents: 24 });
  running = runningFile(net);
  exchange = viewOf(await net.inquire(net.somebody('ordinary'))).exchange ?? '';
}, 60_000);
afterAll(() => net.network.close());

const log = async (...args: string[]) =>
  (await runCommand(logCommand(), [...args, '--running', running])).out;
const refused = (...args: string[]) =>
  log(...args).then(
    () => expect.fail('it succeeded'),
    (error: unknown) => failureOf(error),
  );

test.each([MATSUE, 'gateway'])(
  'holds of %s: placed, shown, seen in the status, released',
  async (agency) => {
    const at = ['--agency', agency];
    const by = agency === 'gateway' ? 'operator' : 'kansa';
    expect(await log('holds', ...at)).toContain('保全はありません / there are no holds');
    const placed = await log('hold', ...at, '--reason', 'litigation', '--exchange', exchange);
    const id = /held: (\S+)/.exec(placed)?.[1] ?? '';
    const shown = await log('holds', ...at);
    expect(shown).toContain(id);
    expect(shown).toMatch(new RegExp(`訴訟 litigation.*${exchange}.*2026-11-22 ${by}`));
    const status = (await runCommand(statusCommand(), [...at, '--running', running])).out;
    expect(status).toMatch(/records: 2026-11-22 から since、保存期間 kept P7Y、保全 holds 1/);
    expect(status).toMatch(/alarms: なし none/);
    expect(await log('release', ...at, id)).toContain(`released: ${id}`);
    expect(await log('holds', ...at)).toContain('there are no holds');
    expect(await log('holds', ...at, '--all')).toMatch(
      new RegExp(`${id}.*2026-11-22 ${by} .*2026-11-22 ${by}`),
    );
    expect((await refused('release', ...at, id)).code).toBe('state_conflict');
  },
);

test('pruning by hand: what would go, then what went', async () => {
  expect(await log('prune', '--agency', MATSUE, '--dry-run')).toMatch(
    /2019-11-22 より前.*would go: 0/s,
  );
  net.clock.advance(8 * 366 * 86_400_000);
  await net.network.maintain();
  await net.inquire(net.somebody('ordinary'));
  const told = JSON.parse(await log('prune', '--agency', 'gateway', '--dry-run', '--json'));
  expect(told.pruned).toBeGreaterThan(0);
  expect(await log('prune', '--agency', 'gateway')).toContain(`deleted: ${told.pruned}`);
  expect((await refused('prune', '--agency', MATSUE, '--as', 'kansa')).code).toBe('not_authorised');
});

test('mistakes are told with a hint', async () => {
  const cases: [string[], string][] = [
    [['--reason', 'because', '--exchange', exchange], 'there is no reason because'],
    [['--reason', 'audit', '--person', '1'], '--person is AGENCY:CODE'],
    [['--reason', 'audit'], 'message_malformed'],
  ];
  for (const [args, words] of cases) {
    const { code, findings } = await refused('hold', '--agency', 'gateway', ...args);
    expect([code, ...findings.map(({ en }) => en)].join(' ')).toContain(words);
  }
});
