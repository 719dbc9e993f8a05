import { afterAll, beforeAll, expect, test } from 'vitest';
import { correctionsCommand } from '../../src/cli/corrections/command.ts';
import { inquiriesCommand } from '../../src/cli/inquiries/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { personCommand } from '../../src/cli/person/command.ts';
import { type Somebody, type TestNetwork, testNetwork, viewOf } from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

// `renkei person`: the person concerned, from the shell.

let net: TestNetwork;
let running: string;
let somebody: Somebody;
beforeAll(async () => {
  net = await testNetwork();
  running = runningFile(net);
  somebody = net.somebody('ordinary');
});
afterAll(() => net.network.close());

const run = async (...args: string[]) =>
  (await runCommand(personCommand(), [...args, '--running', running])).out;
const failing = (...args: string[]) =>
  run(...args).then(
    (said) => expect.fail(`it succeeded: ${said}`),
    (error: unknown) => failureOf(error),
  );
const history = (...args: string[]) => run('history', '--resident', somebody.number, ...args);

test('R-701: shows who asked whom for what, by which law, page by page', async () => {
  expect(await history()).toContain('no exchanges to show');
  const { exchange = '' } = viewOf(await net.inquire(somebody));
  net.clock.advance(86_400_000);
  await net.inquire(somebody, { information: '地方税関係情報' });
  const all = await history();
  const [denied = '', provided = ''] = all.split('\n\n');
  expect(denied).toContain('不許可 DENIED  松江市長 → 熊谷市長');
  expect(denied).toContain('特定個人情報が照合リストにありません');
  expect(provided).toContain('提供 PROVIDED  松江市長 → 熊谷市長');
  expect(provided).toContain('番号法第19条第8号、令和6年デジタル庁・総務省令第9号、25の項');
  expect(provided).toContain('2026-11-22 09:00');
  expect(provided).toContain(exchange);
  const page = JSON.parse(await history('--limit', '1', '--json'));
  expect(await history('--limit', '1')).toContain(`--after ${page.next}`);
  expect(await history('--after', page.next)).toContain(exchange);
  const first = JSON.parse(await history('--until', '2026-11-22', '--json'));
  expect(first.entries).toMatchObject([{ exchange, outcome: 'provided' }]);
  expect(await history('--from', '2026-11-24')).toContain('no exchanges to show');
  const there = await run('history', '--resident', somebody.numberThere, '--agency', '11202');
  expect(there).toBe(all);
});

test('R-702: asks for a correction, which two people decide on, and sees what became of it', async () => {
  const { exchange = '' } = viewOf(await net.inquire(somebody));
  const staff = async (...args: string[]) =>
    (await runCommand(correctionsCommand(), [...args, '--agency', '11202', '--running', running]))
      .out;
  const who = ['--resident', somebody.number];
  const right = [
    '--item',
    '26',
    '--information',
    '新型インフルエンザ等対策特別措置法による予防接種の実施に関する情報',
  ];
  expect(await staff('list')).toContain('no corrections');
  const asked = await run('correct', exchange, '--to', 'provider', ...right, ...who);
  expect(asked).toContain('熊谷市長');
  await net.settled();
  const { corrections } = JSON.parse(await staff('list', '--json'));
  expect(corrections).toMatchObject([{ exchange, state: 'requested', byPerson: true }]);
  const [{ id }] = corrections;
  expect(await staff('take-up', id)).toContain('起案済み proposed');
  expect(await staff('approve', id)).toContain('訂正済み corrected');
  await net.settled();
  const [entry = ''] = (await history()).split('\n\n');
  expect(entry).toContain('新型インフルエンザ等対策特別措置法');
  expect(entry).toMatch(/訂正前 before +25の項予防接種法による予防接種の実施に関する情報（/);
  expect(entry).toContain('訂正されました corrected');
  const proposed = JSON.parse(
    await staff('propose', exchange, '--period-from', '2026-04-01', '--json'),
  );
  expect(proposed.facts).toEqual({ period: { from: '2026-04-01' } });
  expect(await staff('decline', proposed.id)).toContain('却下 declined');
  const wrong = (...args: string[]) => failing('correct', ...args, ...who);
  expect((await wrong(exchange, '--to', 'gateway', ...right)).code).toBe('usage');
  expect((await wrong('x', '--to', 'provider', ...right)).code).toBe('usage');
  expect((await wrong(exchange, '--to', 'provider')).code).toBe('usage');
  expect((await wrong(exchange, '--to', 'provider', '--item', 'x')).code).toBe('usage');
  const unknown = await wrong(exchange, '--to', 'provider', '--affair', '存在しない事務');
  expect(unknown.code).toBe('message_malformed');
});

test('what the inquirer marked is not there', async () => {
  const before = await history();
  const asked = ['ask', '--agency', '32201', '--to', '11202', '--item', '25', '--running', running];
  const about = [
    '--information',
    '予防接種法による予防接種の実施に関する情報',
    '--resident',
    somebody.number,
  ];
  const { out } = await runCommand(inquiriesCommand(), [...asked, ...about, '--non-disclosable']);
  expect(out).toContain('提供 provided');
  expect(out).toContain('不開示 non-disclosable to the person');
  expect(await history()).toBe(before);
});

test('a lost card lets nobody in; a new one does', async () => {
  const who = ['--resident', net.somebody('ordinary').number];
  expect(await run('card', 'lose', ...who)).toContain('失効しました revoked');
  const refused = await failing('history', ...who);
  expect(refused.code).toBe('not_authorised');
  expect(await run('card', 'renew', ...who)).toContain('交付しました issued');
  expect(await run('history', ...who)).toContain('no exchanges to show');
});

test('says what is wrong with what it was told', async () => {
  expect((await failing('history', '--resident', '123')).code).toBe('usage');
  expect((await failing('history', '--resident', '999999999999999')).code).toBe('not_found');
  const who = ['history', '--resident', somebody.number];
  expect((await failing(...who, '--from', 'tomorrow')).code).toBe('usage');
  expect((await failing(...who, '--limit', '0')).code).toBe('usage');
  expect((await failing(...who, '--agency', 'x')).code).toBe('usage');
  expect((await failing(...who, '--after', 'x')).code).toBe('message_malformed');
});
