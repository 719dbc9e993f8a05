import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepare } from '../../src/compliance/run/prepare.ts';
import { ScenarioInvalid, type ScenarioProblem } from '../../src/compliance/scenario/invalid.ts';
import { readScenario } from '../../src/compliance/scenario/read.ts';
import { temporaryFolder } from '../support/folder.ts';
import { ground, oneInquiry } from './ground.ts';

const GOOD = oneInquiry('{decision: permit, status: provided}');

function problemsOf(text: string): readonly ScenarioProblem[] {
  try {
    readScenario(text, 'a.yaml');
  } catch (error) {
    if (error instanceof ScenarioInvalid) return error.problems;
    throw error;
  }
  throw new Error('nothing was found wrong');
}

/** The line (from 1) on which a text begins. */
const lineOf = (text: string, part: string): number =>
  text.slice(0, text.indexOf(part)).split('\n').length;

test('a sound scenario is read', () => {
  expect(readScenario(GOOD, 'a.yaml').scenario.tests[0]?.id).toBe('one');
});

describe('a spelling mistake names the line, the key and the nearest right one', () => {
  for (const [right, wrong, meant] of [
    ['seed:', 'sead:', 'seed'],
    ['inquirers:', 'inquirer:', 'inquirers'],
    ['knownTo:', 'knowTo:', 'knownTo'],
    ['query:', 'qurey:', 'query'],
    ['item:', 'itme:', 'item'],
    ['expect:', 'expects:', 'expect'],
    ['decision:', 'desicion:', 'decision'],
    ['status:', 'stauts:', 'status'],
    ['copies:', 'copeis:', 'copies'],
  ] as const) {
    test(`${wrong} for ${right}`, () => {
      const text = GOOD.replace(right, wrong);
      const [problem, ...others] = problemsOf(text);
      expect(others).toEqual([]);
      expect(problem).toMatchObject({
        line: lineOf(text, wrong),
        reason: { ja: `${wrong.slice(0, -1)} というキーはありません` },
        hint: { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` },
      });
    });
  }

  test('names of agencies, people and steps', () => {
    const text = GOOD.replace('provider: 乙市', 'provider: 乙一市').replace(
      'person: 人',
      'person: 入',
    );
    expect(problemsOf(text)).toMatchObject([
      {
        line: lineOf(text, 'query:'),
        reason: { en: 'there is no agency 乙一市' },
        hint: { en: 'did you mean 乙市?' },
      },
      { reason: { en: 'there is no person 入' } },
    ]);
    const loose = `${GOOD}      - look: {of: aks}\n        expect: {status: provided}\n`;
    expect(problemsOf(loose)).toMatchObject([
      {
        line: lineOf(loose, 'look:'),
        reason: { en: 'there is no earlier step aks' },
        hint: { en: 'did you mean ask?' },
      },
    ]);
    const numbers = `${GOOD}      - call: {agency: 甲市, to: address-numbers, post: /v1/lookups, body: {individualNumber: <入.individualNumber>}}
        expect: {status: accepted}\n`;
    expect(problemsOf(numbers)).toMatchObject([{ reason: { en: 'there is no person 入' } }]);
  });

  test('a kind of information that no list knows', async () => {
    const text = GOOD.replaceAll('実施に関する情報', '実旋に関する情報');
    const failed = prepare(readScenario(text, 'a.yaml'), ground);
    await expect(failed).rejects.toThrow(
      'did you mean 予防接種法による予防接種の実施に関する情報?',
    );
  });

  test('an agency that the configuration does not know', async () => {
    const text = GOOD.replace('{roles: 市長}', '{agency: "11203"}');
    await expect(prepare(readScenario(text, 'a.yaml'), ground)).rejects.toThrow(
      /a\.yaml:5:\d+: inquirers\.甲市\.agency: .* 11203 .*11202/,
    );
  });
});

describe('what is refused', () => {
  test.each([
    [
      'a step that is spelt otherwise',
      '      - rotate-keys: {agency: 甲市}\n',
      'there is no key rotate-keys here',
    ],
    [
      'a log-in of nobody',
      '      - {logIn: {agency: 甲市}, expect: {status: logged_in}}\n',
      'this key is missing',
    ],
    [
      'a log-in of which nothing is expected',
      '      - logIn: {agency: 甲市, user: tanto}\n',
      'say what is expected',
    ],
    [
      'a call that neither reads nor posts',
      '      - {call: {agency: 甲市}, expect: {status: accepted}}\n',
      'either `get` or `post`',
    ],
    [
      'a session that nobody began',
      '      - {call: {agency: 甲市, get: /v1/staff, session: nowhere}, expect: {status: accepted}}\n',
      'nowhere',
    ],
    ['a step without an action', '      - title: 何もしない\n', 'one action a step'],
    ['a step with two', '      - {stop: 甲市, start: 甲市}\n', 'one action a step'],
    [
      'an inquiry of which nothing is expected',
      '      - look: {of: ask}\n',
      'say what is expected',
    ],
    [
      'a denial without its code',
      '      - {look: {of: ask}, expect: {decision: deny}}\n',
      'a denial is expected by its code',
    ],
    [
      'an unknown code',
      '      - {look: {of: ask}, expect: {code: no_such_code}}\n',
      'there is no such error code',
    ],
    ['a length of time without a unit', '      - advance: 61\n', 'a length of time'],
    ['an item without quotation marks', '      - list: {without: [25]}\n', '"25"'],
  ])('%s', (_, step, said) => {
    const problems = problemsOf(`${GOOD}${step}`);
    expect(problems.map(({ reason }) => reason.en).join('\n')).toContain(said);
    expect(problems[0]?.line).toBeGreaterThanOrEqual(lineOf(GOOD, 'expect:') + 1);
  });

  test('the same id twice', () => {
    const twice = `${GOOD}${GOOD.slice(GOOD.indexOf('  - id: one'))}`;
    expect(problemsOf(twice)).toMatchObject([{ reason: { en: 'the id one is taken already' } }]);
  });

  test('broken YAML, with its line', () => {
    expect(problemsOf(`${GOOD}      - look: {of: ask\n`)[0]?.line).toBeGreaterThan(10);
    expect(problemsOf(GOOD.replace('seed: test', 'seed: test\nseed: test'))).toMatchObject([
      { line: 4, reason: { en: 'the same key is written twice' } },
    ]);
  });
});

describe('a matrix', () => {
  const matrix = (
    expected: string,
    rest = 'default: {decision: deny, code: inquirer_not_listed}',
  ) =>
    GOOD.slice(0, GOOD.indexOf('    steps:')).concat(`    matrix:
      inquirers: [甲市]
      providers: [乙市]
      items: ["25", "26"]
      information: [予防接種法による予防接種の実施に関する情報]
      expected: ${expected}
      ${rest}
`);

  test('writes out its default', () => {
    const text = matrix('[]', '');
    expect(problemsOf(text)).toMatchObject([
      { path: 'tests[0].matrix.default', reason: { en: 'this key is missing' } },
    ]);
  });

  test('has no two rules for the same case', () => {
    const text = matrix(
      '[{item: "25", decision: permit}, {inquirer: 甲市, decision: deny, code: internal}]',
    );
    expect(problemsOf(text)).toMatchObject([
      { reason: { en: 'speaks of the same case as expected[0]' } },
    ]);
  });

  test('has no rule for a case that it does not have', () => {
    const text = matrix('[{item: "27", decision: permit}]');
    expect(problemsOf(text)).toMatchObject([
      { reason: { en: '27 is none of this matrix’s item values' } },
    ]);
  });
});

describe('references stay inside the scenario’s folder', () => {
  const withFile = (file: string) => GOOD.replace('records: [{回: 1}]', `file: ${file}`);

  test.each(['../secret.json', '/etc/passwd', 'a/../../b.json', '~/x.json', 'C:\\x.json'])(
    '%s',
    (file) => {
      expect(problemsOf(withFile(file))).toMatchObject([
        {
          path: expect.stringContaining('.file'),
          reason: { en: expect.stringContaining('inside the scenario’s folder') },
        },
      ]);
    },
  );

  test('a link that leads out of it, a file that is not there, one that holds no records', async () => {
    const folder = temporaryFolder();
    const inside = join(folder, 'scenarios');
    mkdirSync(inside);
    writeFileSync(join(folder, 'secret.json'), '[{"回": 9}]');
    writeFileSync(join(inside, 'good.json'), '[{"回": 1}]');
    writeFileSync(join(inside, 'bad.json'), '{"回": 1}');
    symlinkSync(join(folder, 'secret.json'), join(inside, 'link.json'));
    const attempt = (file: string) =>
      prepare(readScenario(withFile(file), join(inside, 'a.yaml')), ground);
    await expect(attempt('good.json')).resolves.toBeDefined();
    await expect(attempt('link.json')).rejects.toThrow('lies outside the scenario’s folder');
    await expect(attempt('none.json')).rejects.toThrow('cannot read none.json');
    await expect(attempt('bad.json')).rejects.toThrow('bad.json is no list of records');
  });
});
