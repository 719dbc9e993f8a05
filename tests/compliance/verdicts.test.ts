import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExpectedFailure } from '../../src/compliance/expected/expected-failures.ts';
import { readExpectedFailures } from '../../src/compliance/expected/expected-failures.ts';
import { temporaryFolder } from '../support/folder.ts';
import { oneInquiry, reportFor } from './ground.ts';

const folder = temporaryFolder();

async function run(text: string, options: Parameters<typeof reportFor>[0] = {}) {
  const file = join(folder, 'a.yaml');
  writeFileSync(file, text);
  const report = await reportFor({ files: [file], ...options });
  const test = report.files[0]?.tests[0];
  const step = test?.steps?.find(({ verdict }) => verdict !== 'passed') ?? test?.steps?.at(-1);
  return {
    report,
    test,
    step,
    verdict: test?.verdict,
    misses: step?.mismatches.map(({ what }) => what),
  };
}

const REFUSE = '      - fault: {message: provide-request, action: refuse}\n';

describe('a scenario passes only when all is as expected', () => {
  test('as expected', async () => {
    const { verdict } = await run(
      oneInquiry('{decision: permit, status: provided, answer: {count: 1}}'),
    );
    expect(verdict).toBe('passed');
  });

  test.each([
    ['{decision: deny, code: information_not_listed}', ['expect.decision', 'expect.code']],
    ['{decision: none}', ['expect.decision']],
    ['{item: "26"}', ['expect.item']],
    ['{list: beppyo-2}', ['expect.list']],
    ['{status: no_record}', ['expect.status']],
    ['{answer: none}', ['expect.answer']],
    ['{answer: {count: 2}}', ['expect.answer.count']],
    ['{answer: {layoutVersion: K-1}}', ['expect.answer.layoutVersion']],
    ['{answer: {fields: [{回: "1"}]}}', ['expect.answer.fields.0']],
    ['{answer: {fields: [{回: 1}, {回: 1}]}}', ['expect.answer.fields.1']],
    ['{records: {gateway: [permitted]}}', ['expect.records.gateway']],
    ['{records: {provider: [{kind: answered, outcome: no_record}]}}', ['expect.records.provider']],
    ['{records: {inquirer: []}}', ['expect.records.inquirer']],
    ['{messages: [permit-request, permit]}', ['expect.messages']],
    [
      '{messages: [permit-request 乙市→gateway, permit, query, provide-request, answer, answer]}',
      ['expect.messages'],
    ],
    ['{reasons: [internal]}', ['expect.reasons']],
    ['{ground: 番号法}', ['expect.ground']],
  ])('%s is not what comes', async (expected, misses) => {
    const ran = await run(oneInquiry(expected));
    expect(ran.verdict).toBe('failed');
    expect(ran.misses).toEqual(misses);
    expect(ran.step?.mismatches[0]?.line).toBe(14);
  });

  test('an unexpected error never passes as a denial, nor as anything else', async () => {
    for (const expected of [
      '{decision: deny, code: information_not_listed, status: denied}',
      '{decision: permit}',
      '{status: open}',
      '{answer: none}',
    ]) {
      const { verdict, misses } = await run(oneInquiry(expected, { before: REFUSE }));
      expect(verdict, expected).toBe('failed');
      expect(misses).toContain('expect.code');
    }
    const told = await run(
      oneInquiry('{decision: permit, code: provider_unavailable, status: open}', {
        before: REFUSE,
      }),
    );
    expect(told.verdict).toBe('passed');
  });

  test('what cannot be carried out is an error, and the steps after it are not taken', async () => {
    const text = `${oneInquiry('{status: provided}')}      - tamper: {message: delivery, action: replay, of: ask}
      - look: {of: ask}
        expect: {status: provided}
`;
    const { test: ran, report } = await run(text);
    expect(ran?.steps?.map(({ verdict }) => verdict)).toEqual(['passed', 'error', 'skipped']);
    expect(ran?.verdict).toBe('error');
    expect(report.ok).toBe(false);
  });
});

test('a matrix tells the first cases that are otherwise, with their line', async () => {
  const text = oneInquiry('{}').replace(
    / {4}steps:[\s\S]*/,
    `    matrix:
      inquirers: [甲市]
      providers: [乙市]
      items: ["25", "26"]
      information: [予防接種法による予防接種の実施に関する情報, 地方税関係情報]
      expected:
        - {item: "25", decision: permit}
      default: {decision: deny, code: inquirer_not_listed}
`,
  );
  const { test: ran, verdict, report } = await run(text);
  expect(verdict).toBe('failed');
  expect(ran?.matrix).toMatchObject({ cases: 4, permitted: 1, denied: 3, failed: 1 });
  expect(ran?.matrix?.mismatches).toMatchObject([
    {
      what: '甲市 × 乙市 × 25 × 地方税関係情報',
      line: 17,
      actual: { code: 'information_not_listed' },
    },
  ]);
  // What failed reaches nothing.
  expect(report.coverage.provisions.reached).toBe(0);
});

describe('another law, day or seed', () => {
  const asked = oneInquiry('{decision: permit}');
  const decisionOf = async (options: Parameters<typeof run>[1]) => (await run(asked, options)).step;

  test('--at', async () => {
    const { ground } = await import('./ground.ts');
    expect(
      (await decisionOf({ ground: { ...ground, at: '2023-11-22T09:00:00+09:00' } }))?.code,
    ).toBe('inquirer_not_listed');
  });

  test('--list counts whatever the day', async () => {
    const { ground } = await import('./ground.ts');
    const list = ground.law.lists.find(({ id }) => id === 'beppyo-2');
    const step = await decisionOf({ ground: { ...ground, list } });
    expect(step).toMatchObject({ list: 'beppyo-2', code: 'inquirer_not_listed' });
  });

  test('--seed gives other ids', async () => {
    const { ground } = await import('./ground.ts');
    const ids = async (seed?: string) =>
      (await decisionOf({ ground: { ...ground, seed } }))?.messages.flatMap((each) => each.ids);
    expect(await ids()).toEqual(await ids('test'));
    expect(await ids()).not.toEqual(await ids('other'));
  });
});

describe('expected failures', () => {
  const path = join(folder, 'expected-failures.yaml');
  const failing = oneInquiry('{status: no_record}');
  const passing = oneInquiry('{status: provided}');
  const one: ExpectedFailure = {
    file: 'a.yaml',
    test: 'one',
    reason: '既知',
    until: '2026-11-22',
    line: 1,
  };
  const expecting = (...failures: ExpectedFailure[]) => ({ expectedFailures: { path, failures } });

  test('count as well until their last day', async () => {
    const { verdict, report } = await run(failing, expecting(one));
    expect([verdict, report.ok]).toEqual(['expected_failure', true]);
  });

  test('are stale the day after', async () => {
    const { verdict, report } = await run(failing, expecting({ ...one, until: '2026-11-21' }));
    expect([verdict, report.ok]).toEqual(['stale', false]);
  });

  test('are stale when the test passes', async () => {
    const { verdict, report } = await run(passing, expecting(one));
    expect([verdict, report.ok]).toEqual(['stale', false]);
  });

  test('are stale when there is no such test', async () => {
    const { verdict, report } = await run(passing, expecting({ ...one, test: 'tow' }));
    expect([verdict, report.ok, report.strayExpectations.length]).toEqual(['passed', false, 1]);
  });

  test('do not excuse what could not run', async () => {
    const text = `${failing.replace('no_record', 'provided')}      - tamper: {message: delivery, action: replay, of: ask}\n`;
    expect((await run(text, expecting(one))).verdict).toBe('error');
  });

  test('are read with the same care', () => {
    const entry = '{file: a.yaml, test: one, reason: 既知, until: 2026-11-22}';
    expect(readExpectedFailures(`version: 1\nfailures: [${entry}]\n`, path)).toMatchObject([
      { test: 'one', line: 2 },
    ]);
    expect(() =>
      readExpectedFailures(`version: 1\nfailures: [${entry.replace('until', 'untill')}]\n`, path),
    ).toThrow('did you mean until?');
    expect(() =>
      readExpectedFailures(
        'version: 1\nfailures: [{file: a.yaml, test: one, until: 2026-11-22}]\n',
        path,
      ),
    ).toThrow('reason');
  });
});
