import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from '../../src/cli/output/failure.ts';
import { reviewsCommand } from '../../src/cli/reviews/command.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  KUMAGAYA,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

let net: TestNetwork;
let running: string;
beforeAll(async () => {
  net = await testNetwork({
    config: (config) => ({
      ...config,
      agencies: config.agencies.map((agency) =>
        agency.code === KUMAGAYA ? { ...agency, manualProvision: [VACCINATION] } : agency,
      ),
    }),
  });
  running = runningFile(net);
});
afterAll(() => net.network.close());

const run = async (...args: string[]) => {
  const node = ['--agency', KUMAGAYA, '--running', running];
  return (await runCommand(reviewsCommand(), [...args, ...node])).out;
};
const failing = (...args: string[]) =>
  run(...args).then(
    (out) => expect.fail(`it succeeded: ${out}`),
    (error: unknown) => failureOf(error),
  );
async function pending(somebody = net.flagged({ autoResponseDisabled: true })) {
  const { id, exchange = '' } = viewOf(await net.inquire(await somebody));
  return { id, exchange };
}

test('R-203, R-302: listed with its due date, shown, reviewed, returned, reviewed again, approved', async () => {
  const { id, exchange } = await pending();
  expect(await run('list')).toMatch(new RegExp(`${exchange}.*確認待ち.*2026-11-26 17:15`));
  const shown = await run('show', exchange);
  expect(shown).toMatch(/接種種別 /);
  expect((await failing('review', exchange)).findings[0]?.en).toContain('--yes');
  expect(await run('review', exchange, '--yes')).toMatch(/接種種別 .*確認済み reviewed/s);
  const note = '原本と照合';
  const why = ['--reason', 'content_in_doubt', '--note', note];
  expect(await run('return', exchange, ...why)).toContain('差戻し returned');
  expect(await run('show', exchange)).toMatch(/内容に疑義がある.*原本と照合/s);
  expect((await failing('approve', exchange, '--yes')).code).toBe('approval_required');

  // Programs hand back what they were shown.
  const { seen } = JSON.parse(await run('show', exchange, '--json'));
  const review = JSON.parse(await run('review', exchange, '--seen', seen, '--json'));
  expect(review).toMatchObject({ state: 'reviewed', reviewer: 'tanto' });
  expect((await failing('approve', exchange, '--seen', seen)).code).toBe('state_conflict');
  expect(await run('approve', exchange, '--yes')).toContain('承認済み approved');
  await net.settled();
  expect((await net.inquiry(id)).state).toBe('provided');
  expect(await run('list')).not.toContain(exchange);
});

test('overdue, it says how late', async () => {
  const { exchange } = await pending();
  net.clock.advance(6 * 86_400_000);
  expect(await run('list')).toMatch(new RegExp(`${exchange}.*超過 late 1 d`));
});

test('declined for a reason of the list', async () => {
  const { id, exchange } = await pending();
  await run('review', exchange, '--yes');
  expect(
    (await failing('decline', exchange, '--reason', 'because')).findings[0]?.hint?.en,
  ).toContain('person_in_doubt');
  expect(await run('decline', exchange, '--reason', 'not_needed')).toContain('却下 declined');
  await net.settled();
  expect(await net.inquiry(id)).toMatchObject({ state: 'refused', reason: 'review_declined' });
});

test('R-212: entered by hand from a file, with what the form check finds, checked and approved', async () => {
  const { id, exchange } = await pending(Promise.resolve(net.somebody('no-copy')));
  expect(await run('list')).toMatch(new RegExp(`${exchange}.*手作業 by hand`));
  const { copy } = net.people().find((each) => each.copy?.layoutVersion === 'K-1') ?? {};
  const [row] = copy?.records ?? [];
  const file = join(temporaryFolder(), 'rows.json');
  const enter = ['enter', exchange, '--layout', 'K-1'];
  expect((await failing(...enter)).code).toBe('usage');
  writeFileSync(file, JSON.stringify([{ ...row, 性別: '不明' }]));
  const wrong = await failing(...enter, '--records', file);
  expect(wrong.findings.map(({ place }) => place)).toEqual(['1行目 row 1: 性別']);
  writeFileSync(file, JSON.stringify([row]));
  expect(await run(...enter, '--records', file)).toContain('入力済み entered  手作業 by hand');
  expect((await failing('review', exchange, '--yes')).code).toBe('approval_by_same_person');
  await run('review', exchange, '--yes', '--as', 'tanto2');
  expect(await run('approve', exchange, '--yes')).toContain('入力 entered by tanto');
  await net.settled();
  expect((await net.inquiry(id)).answer?.records).toEqual([row]);

  const none = await pending(Promise.resolve(net.somebody('no-copy')));
  await run('enter', none.exchange, '--layout', 'K-1', '--none');
  await run('review', none.exchange, '--yes', '--as', 'tanto2');
  await run('approve', none.exchange, '--yes');
  await net.settled();
  expect((await net.inquiry(none.id)).state).toBe('no_record');
});
