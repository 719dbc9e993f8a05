import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copiesCommand } from '../../src/cli/copies/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  KUMAGAYA,
  type Somebody,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

let net: TestNetwork;
let running: string;
beforeAll(async () => {
  net = await testNetwork();
  running = runningFile(net);
});
afterAll(() => net.network.close());

const NODE = () => ['--agency', KUMAGAYA, '--running', running];
const run = async (...args: string[]) =>
  (await runCommand(copiesCommand(), [...args, ...NODE()])).out;
const failing = (...args: string[]) =>
  run(...args).then(
    (out) => expect.fail(`it succeeded: ${out}`),
    (error: unknown) => failureOf(error),
  );
const about = (somebody: Somebody) => [somebody.numberThere, '--information', VACCINATION];
const held = (somebody: Somebody) =>
  net.network
    .agency(KUMAGAYA)
    .node.store.read.copyVersions(somebody.numberThere, informationCode(VACCINATION));

test('R-303: one enters a correction, another checks it, a third approves; each sees content and difference', async () => {
  const somebody = net.somebody('ordinary');
  const entered = await run(
    'enter',
    ...about(somebody),
    '--set',
    '1:備考=訂正',
    '--set',
    '1:接種量=0.25',
  );
  const [id = ''] = entered.split(' ');
  expect(entered).toContain(`copies check ${id} --agency ${KUMAGAYA} --as tanto2`);
  expect(await run('drafts')).toContain(id);
  const shown = await run('drafts', id, '--as', 'tanto2');
  expect(shown).toMatch(/~ 1行目 row 1 {2}備考: （空） → 訂正/);
  expect(shown).toMatch(/~ 1行目 row 1 {2}接種量: 0\.5 → 0\.25/);
  expect((await failing('approve', id, '--yes')).code).toBe('approval_required');
  expect((await failing('check', id, '--yes', '--as', 'tanto')).code).toBe(
    'approval_by_same_person',
  );
  expect((await failing('check', id)).findings[0]?.en).toContain('--yes');
  const before = held(somebody);
  expect(await run('check', id, '--yes')).toContain('確認済み checked');
  expect(held(somebody)).toEqual(before);
  const approved = await run('approve', id, '--yes');
  expect(approved).toMatch(/備考: （空） → 訂正/);
  expect(approved).toContain('承認済み approved');
  const [row] = JSON.parse(held(somebody)[0]?.records ?? '[]');
  expect(row).toMatchObject({ 備考: '訂正', 接種量: 0.25 });
  const copy = await run('show', ...about(somebody));
  expect(copy).toMatch(/備考 +訂正/);
});

test('rows come from a file; what the form check finds is told place by place, and never a value', async () => {
  const somebody = net.somebody('ordinary');
  const file = join(temporaryFolder(), 'rows.json');
  const [row] = JSON.parse(held(somebody)[0]?.records ?? '[]');
  writeFileSync(file, JSON.stringify([row, { ...row, 性別: '秘密', 接種年月日: '2026-02-30' }]));
  const failure = await failing('enter', ...about(somebody), '--records', file);
  expect(failure.code).toBe('message_malformed');
  expect(failure.findings.map(({ place }) => place)).toEqual([
    '2行目 row 2: 性別',
    '2行目 row 2: 接種年月日',
  ]);
  expect(JSON.stringify(failure.findings)).not.toContain('秘密');
  writeFileSync(file, JSON.stringify([row]));
  const options = ['--published', '2027-04-01', '--non-disclosable', 'yes', '--json'];
  const draft = JSON.parse(await run('enter', ...about(somebody), '--records', file, ...options));
  expect(draft).toMatchObject({ published: '2027-04-01', state: 'entered' });
  const rejected = await run('reject', draft.id, '--reason', '試験');
  expect(rejected).toContain('却下 rejected');
  expect(held(somebody)).toHaveLength(1);
});

test('a version ends and is deleted by hand, and lists say what is held', async () => {
  const somebody = net.somebody('ordinary');
  const byHand = async (...change: string[]) => {
    const { id } = JSON.parse(await run('enter', ...about(somebody), ...change, '--json'));
    await run('check', id, '--yes');
    await run('approve', id, '--yes');
  };
  const listed = () => run('list', '--person', somebody.numberThere);
  expect(await listed()).toMatch(/予防接種法.*現行 in force/);
  await byHand('--end', '2026-11-22');
  expect(held(somebody)[0]?.ended).toBe('2026-11-22');
  expect(await listed()).not.toMatch(/予防接種法.*現行 in force/);
  await byHand('--published', '0001-01-01', '--end', 'none');
  expect(held(somebody)[0]?.ended).toBeUndefined();
  await byHand('--delete');
  expect(held(somebody)).toEqual([]);
  expect((await failing('show', ...about(somebody))).code).toBe('not_found');
});

test.each([
  ['nothing to do', [], 'is needed'],
  ['two things to do', ['--delete', '--end', '2026-12-01'], 'is needed'],
  ['no row', ['--set', '備考=訂正'], '--set is ROW'],
  ['no such row', ['--set', '99:備考=訂正'], 'row 99 has no item'],
  ['no such item', ['--set', '1:備稿=訂正'], 'has no item 備稿'],
  ['a text for a number', ['--set', '1:接種量=半分'], 'is a number'],
  ['no such file', ['--records', 'nirgendwo.json'], 'no such file'],
  ['a flag that is neither', ['--set', '1:備考=x', '--non-disclosable', 'はい'], 'yes or no'],
])('renkei copies enter with %s is told as a mistake in usage', async (_, args, words) => {
  const failure = await failing('enter', ...about(net.somebody('ordinary')), ...args);
  expect(failure.code).toBe('usage');
  expect(failure.findings[0]?.en).toContain(words);
});
