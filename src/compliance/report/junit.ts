import type { Report, ReportedTest } from './report.ts';
import { shown } from './shown.ts';

/** The report as JUnit XML, a suite a file. */
export function junitReport(report: Report): string {
  const { totals, files, durationMs, strayExpectations, tooLittle } = report;
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  const failures = totals.failed + totals.stale + strayExpectations.length + tooLittle.length;
  const counts = {
    name: 'renkei replay',
    tests: totals.tests + strayExpectations.length + tooLittle.length,
    failures,
    errors: totals.error,
    skipped: totals.expected_failure,
    time: durationMs / 1000,
  };
  lines.push(`<testsuites${attributes(counts)}>`);
  for (const { file, tests, ...suite } of files) {
    const of = (...verdicts: string[]) =>
      tests.filter(({ verdict }) => verdicts.includes(verdict)).length;
    const own = {
      name: file,
      tests: tests.length,
      failures: of('failed', 'stale'),
      errors: of('error'),
      skipped: of('expected_failure'),
      time: suite.durationMs / 1000,
    };
    lines.push(`  <testsuite${attributes(own)}>`, ...tests.flatMap((test) => testCase(file, test)));
    lines.push('  </testsuite>');
  }
  const rest = [
    ...strayExpectations.map((each) => ({
      name: `${each.file}#${each.test}`,
      said: 'expected to fail, but there is no such test',
    })),
    ...tooLittle.map(({ kind, percent, wanted }) => ({
      name: `coverage of ${kind}`,
      said: `${percent} % is less than ${wanted} %`,
    })),
  ];
  if (rest.length > 0) {
    const own = { name: 'replay', tests: rest.length, failures: rest.length };
    lines.push(`  <testsuite${attributes(own)}>`);
    for (const { name, said } of rest) {
      lines.push(`    <testcase${attributes({ classname: 'replay', name })}>`);
      lines.push(`      <failure${attributes({ message: said })}/>`, '    </testcase>');
    }
    lines.push('  </testsuite>');
  }
  return `${[...lines, '</testsuites>'].join('\n')}\n`;
}

function testCase(file: string, test: ReportedTest): string[] {
  const { id, verdict, durationMs, note, line } = test;
  const open = `    <testcase${attributes({ classname: file, name: id, file, line, time: durationMs / 1000 })}`;
  if (verdict === 'passed') return [`${open}/>`];
  const said = detail(file, test);
  const message = note ?? said.split('\n')[0] ?? verdict;
  if (verdict === 'expected_failure') {
    return [`${open}>`, `      <skipped${attributes({ message })}/>`, '    </testcase>'];
  }
  const element = verdict === 'error' ? 'error' : 'failure';
  return [
    `${open}>`,
    `      <${element}${attributes({ message, type: verdict })}>${escapeXml(said)}</${element}>`,
    '    </testcase>',
  ];
}

/** Every mismatch with its line. */
function detail(file: string, { steps = [], matrix }: ReportedTest): string {
  const errors = steps.flatMap(({ error, line }) =>
    error === undefined ? [] : [`${file}:${line}: ${error}`],
  );
  const mismatches = [...steps.flatMap((step) => step.mismatches), ...(matrix?.mismatches ?? [])];
  return [
    ...errors,
    ...mismatches.map(
      ({ what, line, expected, actual }) =>
        `${file}:${line}: ${what}: expected ${shown(expected)}, actual ${shown(actual)}`,
    ),
  ].join('\n');
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

/** Text as XML 1.0 may hold it (§2.2): what no escape can say becomes U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\n\t\r]/g, (character) => ENTITIES[character] ?? character);
