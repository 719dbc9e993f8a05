import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { keysCommand } from '../../src/cli/keys/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { statusCommand } from '../../src/cli/status/command.ts';
import { inquiryFile, send } from '../support/batch-files.ts';
import {
  KUMAGAYA,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';
import { runCommand, runningFile } from './command-in-process.ts';

let net: TestNetwork;
let running: string;
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
});
beforeEach(async () => {
  net = await testNetwork();
  running = runningFile(net);
});
afterEach(async () => {
  wire.fault = undefined;
  await net.network.close();
});
afterAll(() => wire.restore());

const keys = async (...args: string[]) => {
  const node = ['--agency', KUMAGAYA, '--running', running];
  return (await runCommand(keysCommand(), [...args, ...node])).out;
};
const status = async (...args: string[]) =>
  (await runCommand(statusCommand(), [...args, '--running', running])).out;
const one = () => status('--agency', KUMAGAYA);

test('R-205: keys are shown and rotated, with overlap and at once', async () => {
  expect(await keys('show')).toMatch(/11202\.node\.1 .*使用中 current/);
  const rotated = await keys('rotate');
  expect(rotated).toMatch(/11202\.node\.2 .*使用中 current .*2026-11-22 09:00:00/);
  expect(rotated).toMatch(/11202\.node\.1 .*重複期間 retiring .*2026-11-23 09:00:00/);
  const refused = await keys('rotate').then(
    () => expect.fail('it succeeded'),
    (error: unknown) => failureOf(error),
  );
  expect(refused.code).toBe('state_conflict');
  expect(refused.findings[0]?.hint?.en).toContain('2026-11-23T00:00:00.000Z');
  expect(await keys('rotate', '--now')).toMatch(/11202\.node\.2 .*失効 revoked/);
  const { keys: all } = JSON.parse(await keys('show', '--json', '--as', 'kansa'));
  expect(all).toHaveLength(3);
  await expect(keys('rotate', '--as', 'jocho')).rejects.toMatchObject({ code: 'not_authorised' });
});

test('what waits for an approval is told, of all nodes as a number', async () => {
  const { number } = net.somebody('ordinary');
  const tanto = { inquirer: '32201', as: 'tanto' };
  await net.inquire({ number }, {}, tanto);
  await net.inquire({ number: net.somebody('ordinary').number }, {}, tanto);
  const change = { change: 'end', information: VACCINATION, ended: '2026-12-01' };
  const integratedAddressNumber = net.somebody('ordinary').numberThere;
  const token = { token: net.token('32201', 'tanto') };
  expect(await status('--agency', '32201')).toMatch(/approvals: 照会 inquiries 2$/m);
  const file = inquiryFile(net, [net.somebody('ordinary').number]);
  const { json } = await send(net, file, { as: 'tanto' });
  expect(await status('--agency', '32201')).toMatch(
    /approvals: 照会 inquiries 2、一括照会 batches 1$/m,
  );
  const there = { token: net.token(KUMAGAYA, 'tanto') };
  await net.post(KUMAGAYA, '/v1/copies/drafts', { ...change, integratedAddressNumber }, there);
  const { exchange } = viewOf(await net.inquire(net.somebody('ordinary')));
  const facts = { period: { from: '2020-04-01' } };
  await net.post(KUMAGAYA, '/v1/corrections', { exchange, facts }, there);
  expect(await one()).toMatch(/approvals: 副本の入力 drafts 1、記録の訂正 corrections 1$/m);
  const overview = await status();
  expect(overview).toMatch(/11202 熊谷市長.* 2 /);
  expect(overview).toMatch(/32201 松江市長.* 3 /);
  await net.post(
    '32201',
    `/v1/batches/${json.id}/decline`,
    {},
    { token: net.token('32201', 'jocho') },
  );
  const { inquiries } = (await net.get('32201', '/v1/inquiries?state=requested', token)).json;
  for (const { id } of inquiries as { id: string }[]) {
    const jocho = { token: net.token('32201', 'jocho') };
    await net.post('32201', `/v1/inquiries/${id}/decline`, { reason: '不要' }, jocho);
  }
  expect((await net.get('32201', '/v1/status')).json.approvals).toEqual({
    ...{ inquiries: 0, batches: 0, drafts: 0, corrections: 0, media: 0 },
  });
});

test('without the gateway, it says that the rotation waits', async () => {
  wire.fault = ({ pathname, host }) =>
    pathname === '/v1/keys' && net.url('gateway').endsWith(host) ? 'refused' : undefined;
  expect(await keys('rotate')).toMatch(/届出中 announced.*it goes on by itself/s);
  expect(await one()).toContain('届出中 announced: 11202.node.2');
});

test('the status of a node: copies with version and age, keys, what waits and what is late', async () => {
  await net.inquire(await net.flagged({ autoResponseDisabled: true }));
  await keys('rotate');
  net.clock.advance(7_200_000);
  const told = await one();
  expect(told).toMatch(/提供 provides: する yes/);
  expect(told).toMatch(/list copy: 第1版 version 1、2 h 前 old、2026-11-23 09:00:00 まで/);
  expect(told).toMatch(/signing key: 11202\.node\.2.*前の鍵 before: 11202\.node\.1/);
  expect(told).toMatch(/reviews: 1$/m);
  expect(told).toMatch(/承認待ち approvals: なし none/);
  net.clock.advance(7 * 86_400_000);
  await net.network.stopAgency('32201');
  // Nobody refreshed the copies meanwhile: it provides nothing, and says so.
  const late = await one();
  expect(late).toMatch(/提供 provides: 停止中 no/);
  expect(late).toMatch(/list copy: .*期限切れ stale/);
  expect(late).toMatch(/reviews: 1 {2}期限超過 overdue 1/);
  expect(late).not.toContain('重複期間');
  const { json } = await net.get(KUMAGAYA, '/v1/status');
  expect(json).toMatchObject({
    providing: false,
    permissionLists: { stale: true, version: 1, ageSeconds: 7 * 86_400 + 7200 },
    keys: { current: '11202.node.2' },
  });
});

test('all nodes, a line each; as JSON for programs', async () => {
  const told = await status();
  expect(told).toMatch(/11202 熊谷市.*する yes.*11202\.node\.1/);
  expect(told).toMatch(/32201 松江市/);
  const all = JSON.parse(await status('--json'));
  expect(all.map(({ agency }: { agency: string }) => agency)).toEqual(['11202', '32201']);
});
