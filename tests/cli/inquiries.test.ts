import { afterAll, beforeAll, expect, test } from 'vitest';
import { inquiriesCommand } from '../../src/cli/inquiries/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { InquiryView } from '../../src/protocol/node-api/inquiries.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

// from the command line.

let net: TestNetwork;
let running: string;
beforeAll(async () => {
  net = await testNetwork();
  running = runningFile(net);
});
afterAll(() => net.network.close());

const run = async (...args: string[]) =>
  (await runCommand(inquiriesCommand(), [...args, '--agency', MATSUE, '--running', running])).out;
const failing = (...args: string[]) =>
  run(...args).then(
    (out) => expect.fail(`it succeeded: ${out}`),
    (error: unknown) => failureOf(error),
  );
const asking = (...more: string[]) => [
  ...['ask', '--to', KUMAGAYA, '--item', '25', '--information', VACCINATION],
  ...['--resident', net.somebody('ordinary').number, ...more],
];
const asked = async (...more: string[]) =>
  InquiryView.parse(JSON.parse(await run(...asking(...more, '--json'))));

test('as a business system at once, as staff after an approval of what was shown', async () => {
  expect(await run(...asking())).toMatch(/提供 provided[\s\S]*回答 answer/);
  const { id, state } = await asked('--as', 'tanto', '--from-date', '2020-04-01');
  expect(state).toBe('requested');
  expect(await run('list', '--as', 'jocho', '--state', 'requested')).toContain(id);
  const approved = await run('approve', id, '--yes');
  expect(approved).toMatch(/承認待ち requested[\s\S]*対象期間 period 2020-04-01[\s\S]*provided/);
  expect(await run('show', id, '--as', 'tanto')).toMatch(/decided by jocho[\s\S]*回答 answer/);
  expect(await run('taken-over', id)).toContain('provided');
  expect(await run('list', '--as', 'tanto2', '--unconfirmed')).toMatch(/未確認 unconfirmed/);
  await run('confirm', id);
  expect(await run('show', id, '--as', 'tanto')).toMatch(
    /taken over by tanto[\s\S]*confirmed by tanto2/,
  );
});

test('declined with a reason; unseen, twice or by oneself nothing is approved', async () => {
  const { id } = await asked('--as', 'tanto');
  expect((await failing('approve', id)).code).toBe('usage');
  const other = 'A'.repeat(43);
  expect((await failing('approve', id, '--digest', other)).code).toBe('state_conflict');
  expect(await run('decline', id, '--reason', '窓口で確認済み')).toContain('却下 declined');
  expect(await run('show', id, '--as', 'tanto')).toContain('窓口で確認済み');
  expect((await failing('approve', id, '--yes')).code).toBe('state_conflict');
  const { id: own } = await asked('--as', 'jocho');
  expect((await failing('approve', own, '--yes')).code).toBe('approval_by_same_person');
});

test('lists in pages; what is wrong is told', async () => {
  for (let times = 0; times < 3; times += 1) await asked();
  const first = JSON.parse(await run('list', '--limit', '2', '--json'));
  expect(first.inquiries).toHaveLength(2);
  expect(await run('list', '--limit', '2')).toContain(`--after ${first.next}`);
  const second = JSON.parse(await run('list', '--limit', '2', '--after', first.next, '--json'));
  expect(second.inquiries[0].id).not.toBe(first.inquiries[1].id);
  expect(await run('list', '--since', '2030-01-01')).toContain('照会はありません');
  expect((await failing('list', '--state', 'done')).code).toBe('message_malformed');
  expect(
    (await failing('ask', '--to', KUMAGAYA, '--information', 'x', '--resident', '1')).code,
  ).toBe('usage');
  expect((await failing(...asking('--as', 'kansa'))).code).toBe('not_authorised');
  expect((await failing('show', net.newId())).code).toBe('not_found');
});
