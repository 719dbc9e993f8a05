import { join } from 'node:path';
import { expect, test } from 'vitest';
import { groundOf } from '../../../src/cli/replay/ground.ts';
import { diffScenarios } from '../../../src/compliance/lists/diff-scenarios.ts';

const root = join(import.meta.dirname, '../../..');
const scenario = (name: string) => join(root, 'scenarios/flows', `${name}.yaml`);

test('what a change of law turns round is named, and what it leaves alone is not', async () => {
  const ground = await groundOf({});
  const [a, b] = ['beppyo-2', 'order-r6-9'].map((id) =>
    ground.law.lists.find((list) => list.id === id),
  );
  if (!a || !b) throw new Error('both lists ship');
  const files = [scenario('newcomer'), scenario('influenza-115-2')];
  const { tests, changes } = await diffScenarios(files, ground, { a, b }, '2026-11-22');
  expect(tests).toBe(5);
  const verdicts = Object.fromEntries(
    changes.map(({ id, before, after }) => [id, [before.verdict, after.verdict]]),
  );
  // Item 25 came with the order; 115の2 ended with 別表第二.
  expect(verdicts['newcomer-is-answered']).toEqual(['failed', 'passed']);
  expect(Object.values(verdicts)).toContainEqual(['passed', 'failed']);
  const same = await diffScenarios(files, ground, { a: b, b }, '2026-11-22');
  expect(same.changes).toEqual([]);
});
