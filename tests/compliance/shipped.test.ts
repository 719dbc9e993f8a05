import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fullScenario } from '../../src/compliance/full/write-full.ts';
import { type Report, reportJsonSchema } from '../../src/compliance/report/report.ts';
import { findFiles } from '../../src/compliance/scenario/find-files.ts';
import { scenarioJsonSchema } from '../../src/compliance/scenario/json-schema.ts';
import { ACTIONS } from '../../src/compliance/scenario/steps-schema.ts';
import { ERRORS } from '../../src/protocol/errors.ts';
import { ground, ROOT, reportFor, timeless } from './ground.ts';
import { ALL, BEHIND, CALLERS, walkingTests } from './requirements-walked.ts';

const SCENARIOS = join(ROOT, 'scenarios');
const text = (path: string) => readFileSync(join(SCENARIOS, path), 'utf8');

describe('the scenarios that ship', () => {
  let report: Report;
  beforeAll(async () => {
    report = await reportFor({ files: await findFiles([SCENARIOS]) });
  }, 120_000);

  test('all pass', () => {
    const bad = report.files.flatMap(({ file, tests }) =>
      tests.filter(({ verdict }) => verdict !== 'passed').map(({ id }) => `${file}#${id}`),
    );
    expect(bad).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.totals.tests).toBeGreaterThan(400);
  });

  test('reach every item both ways, every provision and every error code', () => {
    const { items, provisions, codes } = report.coverage;
    expect([items.missing, provisions.missing, codes.missing]).toEqual([[], [], []]);
    expect([items.percent, provisions.percent, codes.percent]).toEqual([100, 100, 100]);
    expect(items.total).toBe(ground.law.lists.flatMap((list) => list.items).length);
  });

  test('have a file for each error code, which reaches it', () => {
    for (const code of Object.keys(ERRORS)) {
      const file = report.files.find((each) => each.file.endsWith(`/codes/${code}.yaml`));
      expect(
        file?.tests.some(({ codes }) => codes.includes(code)),
        code,
      ).toBe(true);
    }
  });

  test('walk each R-number of a node, as callers, in a test that names it', async () => {
    const walking = walkingTests(await findFiles([join(SCENARIOS, 'requirements')]));
    const tests = report.files
      .filter(({ file }) => file.includes('/requirements/'))
      .flatMap((file) => file.tests);
    expect(new Set(tests.map(({ id }) => id)).size, 'ids are each one’s own').toBe(tests.length);
    const passed = tests.filter(({ id, verdict }) => verdict === 'passed' && walking.has(id));
    const walked = new Set(passed.flatMap(({ ref }) => ref.requirement ?? []));
    expect(ALL.filter((each) => !walked.has(each))).toEqual([]);
  });

  test('tell the same again, but for times: messages, ids and digests too', async () => {
    const isFlow = ({ file }: { file: string }) => /\/(flows|requirements)\//.test(file);
    const files = report.files.filter(isFlow);
    const again = await reportFor({ files: files.map(({ file }) => file), jobs: 2 });
    const { files: before } = timeless({ ...report, files }) as Report;
    expect((timeless(again) as Report).files).toEqual(before);
    const messages = again.files.flatMap(({ tests }) =>
      tests.flatMap(({ steps = [] }) => steps.flatMap((step) => step.messages)),
    );
    expect(messages.some(({ sealedDigest }) => sealedDigest !== undefined)).toBe(true);
  }, 60_000);
});

test('a step is what callers do, or not', () => {
  const others = ['advance', 'fault', 'tamper', 'trust', 'stop', 'start'];
  expect([...BEHIND, ...CALLERS, ...others].sort()).toEqual(Object.keys(ACTIONS).sort());
});

test('the published schemas are those of the reader and of the report', () => {
  expect(JSON.parse(text('scenario.schema.json'))).toEqual(scenarioJsonSchema());
  expect(JSON.parse(text('report.schema.json'))).toEqual(
    JSON.parse(JSON.stringify(reportJsonSchema())),
  );
});

test.each(ground.law.lists)('the full matrix of $id is what the law’s table says', (list) => {
  expect(text(`full/${list.id}.yaml`)).toBe(fullScenario(list, ground.law));
});

test('every scenario offers its schema to editors', async () => {
  for (const file of await findFiles([SCENARIOS])) {
    const [first] = readFileSync(file, 'utf8').split('\n');
    expect(first, file).toBe('# yaml-language-server: $schema=../scenario.schema.json');
  }
});
