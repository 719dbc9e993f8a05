import type { Report, ReportedTest } from './report.ts';
import { shown } from './shown.ts';

type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';
export type Paint = (colour: Colour, text: string) => string;

const MARKS = {
  passed: ['green', '✓'],
  failed: ['red', '✗'],
  error: ['red', '!'],
  expected_failure: ['yellow', '~'],
  stale: ['red', '✗'],
  skipped: ['dim', '·'],
  not_run: ['dim', '·'],
} as const satisfies Record<string, readonly [Colour, string]>;

const mark = (verdict: keyof typeof MARKS, paint: Paint): string => {
  const [colour, sign] = MARKS[verdict];
  return paint(colour, sign);
};

/** The report for people at a terminal. @param sources texts of the scenario files, for the failing lines */
export function prettyReport(
  report: Report,
  paint: Paint,
  sources: ReadonlyMap<string, string>,
): string {
  const lines: string[] = [];
  for (const { file, name, tests } of report.files) {
    const good = tests.every(({ verdict }) => verdict === 'passed');
    const sign = mark(good ? 'passed' : 'failed', paint);
    const cases = tests.reduce((total, { matrix }) => total + (matrix?.cases ?? 0), 0);
    const counted = `${tests.length} tests${cases > 0 ? `, ${cases} cases` : ''}`;
    lines.push(`${sign} ${paint('bold', file)}  ${name}  ${paint('dim', counted)}`);
    const source = sources.get(file)?.split('\n') ?? [];
    for (const test of tests) {
      if (test.verdict !== 'passed') lines.push(...testLines(file, test, paint, source));
    }
  }
  for (const { file, test, until } of report.strayExpectations) {
    lines.push(
      `${mark('stale', paint)} 期待した失敗のテストがありません / expected to fail, but there is no such test: ${file}#${test} (${until})`,
    );
  }
  return `${[...lines, '', ...coverageLines(report, paint), '', totalLine(report, paint)].join('\n')}\n`;
}

function testLines(
  file: string,
  test: ReportedTest,
  paint: Paint,
  source: readonly string[],
): string[] {
  const lines = [`  ${mark(test.verdict, paint)} ${test.id}${test.note ? `  ${test.note}` : ''}`];
  if (test.verdict === 'expected_failure') return lines;
  if (test.because !== undefined) lines.push(`    ${paint('dim', test.because.trim())}`);
  for (const step of test.steps ?? []) {
    const id = step.id === undefined ? '' : ` [${step.id}]`;
    lines.push(`    ${mark(step.verdict, paint)} ${step.number}. ${step.title}${id}`);
    if (step.error !== undefined) {
      lines.push(...place(file, step.line, paint, source));
      lines.push(`        ${paint('red', '実行できません could not run')}  ${step.error}`);
    }
    lines.push(...step.mismatches.flatMap((each) => mismatchLines(file, each, paint, source)));
  }
  const { matrix } = test;
  if (matrix) {
    lines.push(`    ${matrix.failed} / ${matrix.cases} cases`);
    lines.push(...matrix.mismatches.flatMap((each) => mismatchLines(file, each, paint, source)));
  }
  return lines;
}

function mismatchLines(
  file: string,
  { what, line, expected, actual }: NonNullable<ReportedTest['matrix']>['mismatches'][number],
  paint: Paint,
  source: readonly string[],
): string[] {
  return [
    ...place(file, line, paint, source),
    `        ${what}`,
    `          ${paint('green', '期待 expected')}  ${shown(expected)}`,
    `          ${paint('red', '実際 actual  ')}  ${shown(actual)}`,
  ];
}

const place = (file: string, line: number, paint: Paint, source: readonly string[]): string[] => [
  `      ${paint('cyan', `${file}:${line}`)}  ${paint('dim', source[line - 1]?.trim() ?? '')}`,
];

const KINDS = {
  items: '項（許可と拒否の両方） items, both ways',
  provisions: '提供の定め provisions',
  codes: 'エラーコード error codes',
  requirements: '要件 requirements',
} as const;

/** What is missing is told as far as it fits. */
const TOLD = 8;

function coverageLines({ coverage, tooLittle }: Report, paint: Paint): string[] {
  const lines = [paint('bold', '網羅 coverage')];
  for (const [kind, words] of Object.entries(KINDS) as [keyof typeof KINDS, string][]) {
    const { reached, total, percent, missing } = coverage[kind];
    const least = tooLittle.find((each) => each.kind === kind);
    const figure = `${percent.toFixed(1).padStart(5)} %  ${`${reached}/${total}`.padStart(9)}`;
    lines.push(
      `  ${least ? paint('red', figure) : figure}  ${words}${least ? `  < ${least.wanted} %` : ''}`,
    );
    if (missing.length === 0 || missing.length === total) continue;
    const more = missing.length > TOLD ? ` … +${missing.length - TOLD}` : '';
    lines.push(paint('dim', `                       ${missing.slice(0, TOLD).join(', ')}${more}`));
  }
  for (const each of coverage.lists) {
    const share = ({ reached, total }: { reached: number; total: number }) => `${reached}/${total}`;
    lines.push(
      paint(
        'dim',
        `    ${each.list}: 許可 permitted ${share(each.itemsPermitted)}, 拒否 denied ${share(each.itemsDenied)}, 提供 provisions ${share(each.provisions)}`,
      ),
    );
  }
  return lines;
}

function totalLine({ totals, ok, durationMs }: Report, paint: Paint): string {
  const parts = [
    `${totals.tests} tests in ${totals.files} files, ${totals.cases} cases`,
    `合格 passed ${totals.passed}`,
    ...(totals.failed > 0 ? [`不合格 failed ${totals.failed}`] : []),
    ...(totals.error > 0 ? [`実行不能 could not run ${totals.error}`] : []),
    ...(totals.expected_failure > 0 ? [`想定内 expected failures ${totals.expected_failure}`] : []),
    ...(totals.stale > 0 ? [`期限切れ等 stale ${totals.stale}`] : []),
  ];
  const sign = mark(ok ? 'passed' : 'failed', paint);
  return `${sign} ${parts.join(' · ')}  ${paint('dim', `${(durationMs / 1000).toFixed(1)} s`)}`;
}
