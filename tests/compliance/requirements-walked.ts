import { readFileSync } from 'node:fs';
import { readScenario } from '../../src/compliance/scenario/read.ts';
import type { ActionName } from '../../src/compliance/scenario/steps-schema.ts';

// Every function that the two source documents name for a node is walked by a scenario that names it and passes, through
// what the parties offer to callers: a scenario that reaches behind that walks nothing.

const numbers = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, place) => `R-${first + place}`);
/** The requirements of a node. */
export const ALL = [
  ...numbers(201, 212),
  ...numbers(301, 309),
  ...numbers(401, 402),
  ...numbers(501, 504),
];

/** Steps that change a party from within. */
export const BEHIND: readonly ActionName[] = [
  'import',
  'acquire',
  'assessment',
  'suspend',
  'list',
  'forge',
];
/** Steps of callers: business systems, staff, the operator, a person with their card. */
export const CALLERS: readonly ActionName[] = [
  ...(['query', 'look', 'batch', 'call', 'logIn', 'rotateKeys', 'history'] as const),
  ...(['enter', 'review', 'return', 'approve', 'decline'] as const),
];

/** The tests of these files that only do what callers can, by id. */
export function walkingTests(files: readonly string[]): ReadonlySet<string> {
  const walking = new Set<string>();
  for (const file of files) {
    const { scenario } = readScenario(readFileSync(file, 'utf8'), file);
    for (const { id, steps = [] } of scenario.tests) {
      const does = (name: ActionName) => steps.some((step) => step[name] !== undefined);
      if (CALLERS.some(does) && !BEHIND.some(does)) walking.add(id);
    }
  }
  return walking;
}
