import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/compliance/report/report.ts';
import { findFiles } from '../../src/compliance/scenario/find-files.ts';
import { readScenario } from '../../src/compliance/scenario/read.ts';
import { ACTIONS, type ActionName } from '../../src/compliance/scenario/steps-schema.ts';
import { ROOT, reportFor } from './ground.ts';

// Every function that the two source documents name for a node is walked by a scenario that names it and passes, through
// what the parties offer to callers: a scenario that reaches behind that walks nothing.

const numbers = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, place) => `R-${first + place}`);
const ALL = [
  ...numbers(201, 212),
  ...numbers(301, 309),
  ...numbers(401, 402),
  ...numbers(501, 504),
];

/** Steps that change a party from within. */
const BEHIND: readonly ActionName[] = [
  'import',
  'acquire',
  'assessment',
  'suspend',
  'list',
  'forge',
];
/** Steps of callers: business systems, staff, the operator, a person with their card. */
const CALLERS: readonly ActionName[] = [
  ...(['query', 'look', 'batch', 'call', 'logIn', 'rotateKeys', 'history'] as const),
  ...(['enter', 'review', 'return', 'approve', 'decline'] as const),
];

let report: Report;
/** Tests that only do what callers can, by file and id. */
const walking = new Set<string>();
beforeAll(async () => {
  const files = await findFiles([join(ROOT, 'scenarios', 'requirements')]);
  for (const file of files) {
    const { scenario } = readScenario(readFileSync(file, 'utf8'), file);
    for (const { id, steps = [] } of scenario.tests) {
      const does = (name: ActionName) => steps.some((step) => step[name] !== undefined);
      if (CALLERS.some(does) && !BEHIND.some(does)) walking.add(id);
    }
  }
  report = await reportFor({ files });
}, 60_000);

test('a step is what callers do, or not', () => {
  const others = ['advance', 'fault', 'tamper', 'trust', 'stop', 'start'];
  expect([...BEHIND, ...CALLERS, ...others].sort()).toEqual(Object.keys(ACTIONS).sort());
});

test('each R-number of a node is walked by a scenario that names it', () => {
  const tests = report.files.flatMap((file) => file.tests);
  expect(new Set(tests.map(({ id }) => id)).size, 'ids are each one’s own').toBe(tests.length);
  const passed = tests.filter(({ id, verdict }) => verdict === 'passed' && walking.has(id));
  const walked = new Set(passed.flatMap(({ ref }) => ref.requirement ?? []));
  expect(ALL.filter((each) => !walked.has(each))).toEqual([]);
});
