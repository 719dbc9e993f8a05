import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { mutants } from './mutants/mutants.ts';

const CHILD = join(import.meta.dirname, 'mutants/replay-mutant.ts');

interface Replayed {
  readonly planted: number;
  readonly verdicts: readonly { readonly id: string; readonly verdict: string }[];
}

async function replayMutant(at: number): Promise<Replayed> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, String(at)]);
  return JSON.parse(stdout);
}

// That the same scenarios are green without a fault is what shipped.test.ts says.
describe.concurrent('a fault turns a shipped scenario red', () => {
  for (const [at, { name, file, scenario }] of mutants.entries()) {
    test(`${name} (${scenario})`, { timeout: 60_000 }, async () => {
      const { planted, verdicts } = await replayMutant(at);
      expect(planted, `the fault no longer fits ${file}: rewrite it`).toBe(1);
      const red = verdicts.filter(({ verdict }) => verdict === 'failed');
      expect(
        red.map(({ id }) => id),
        'no test noticed',
      ).not.toEqual([]);
    });
  }
});
