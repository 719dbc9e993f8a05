import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { htmlReport } from '../../src/compliance/report/html.ts';
import { jsonReport } from '../../src/compliance/report/json.ts';
import { escapeXml, junitReport } from '../../src/compliance/report/junit.ts';
import { prettyReport } from '../../src/compliance/report/pretty.ts';
import { type Report, ReportSchema } from '../../src/compliance/report/report.ts';
import { temporaryFolder } from '../support/folder.ts';
import { oneInquiry, reportFor } from './ground.ts';

const NASTY = `<script>alert(1)</script> & "x" 'y' ]]>`;
const folder = temporaryFolder();
const good = join(folder, 'good.yaml');
const bad = join(folder, 'bad.yaml');
const text = oneInquiry('{decision: permit, status: no_record}').replace(
  'name: 一つの照会',
  `name: ${JSON.stringify(NASTY)}`,
);
let report: Report;
beforeAll(async () => {
  writeFileSync(good, oneInquiry('{decision: permit, status: provided}'));
  writeFileSync(bad, text);
  report = await reportFor({ files: [good, bad] });
});

const plain = (_: unknown, words: string) => words;

test('pretty shows the failing line, what was expected, what came, and the steps', () => {
  const said = prettyReport(report, plain, new Map([[bad, text]]));
  expect(said).toContain(`✓ ${good}`);
  expect(said).toContain(`${bad}:14  expect: {decision: permit, status: no_record}`);
  expect(said).toMatch(/expect\.status\n\s+期待 expected {2}no_record\n\s+実際 actual {4}provided/);
  expect(said).toContain('✗ 1. 照会 query 甲市 → 乙市: 人, 25 [ask]');
  expect(said).toMatch(/✗ 2 tests in 2 files/);
});

test('json is in the published shape, and says what the messages were', () => {
  const read = ReportSchema.parse(JSON.parse(jsonReport(report)));
  expect(read.ok).toBe(false);
  const step = read.files[0]?.tests[0]?.steps?.[0];
  expect(step?.messages.map(({ message }) => message)).toEqual([
    'permit-request',
    'permit',
    'query',
    'provide-request',
    'answer',
    'answer',
  ]);
  expect(step).toMatchObject({
    decision: 'permit',
    item: '25',
    records: { provider: ['answered'] },
  });
});

describe('junit', () => {
  test('is well-formed whatever names and texts hold', () => {
    const xml = junitReport({
      ...report,
      files: report.files.map((file) => ({ ...file, file: NASTY })),
    });
    expect(xml).not.toContain('<script>');
    expect(xml).toContain('failures="1" errors="0" skipped="0"');
    expect(tagsOf(xml)).toEqual([]);
  });

  test('holds no character that XML cannot hold', () => {
    expect(escapeXml('a\u0000\u0008\ud800\ufffe𠮷\n')).toBe('a\ufffd\ufffd\ufffd\ufffd𠮷&#10;');
  });
});

describe('html', () => {
  test('asks nothing of any network and runs nothing', () => {
    const html = htmlReport(report);
    expect(html).not.toContain('<script>alert');
    expect(html).not.toMatch(/<(script|link|img|iframe|object)\b|https?:|url\(|@import|\son\w+=/);
    expect(html).toContain(`default-src 'none'`);
    expect(tagsOf(html.replace('<!doctype html>', ''))).toEqual([]);
  });

  test('tells per test the ground, the messages and the verdict, in both languages, and the coverage', () => {
    const html = htmlReport(report);
    for (const words of [
      '適合性報告書',
      'Compliance report',
      'permit-request',
      '甲市 → gateway',
      '不合格 / failed',
      'Coverage',
      '705',
    ]) {
      expect(html).toContain(words);
    }
    expect(html).toMatch(/prefers-color-scheme: dark/);
    expect(html).toMatch(/@media print/);
  });
});

/** Elements that are not closed where they should be. */
function tagsOf(markup: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, slash, name = '', , self] of markup.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)(\/?)>/g,
  )) {
    if (['meta', 'br'].includes(name) || self === '/') continue;
    if (slash !== '/') open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}
