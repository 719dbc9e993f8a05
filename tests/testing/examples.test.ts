import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/test-network.ts';

/** Runs the pinned Node; what it wrote, and whether all was well. */
function node(...args: readonly string[]): Promise<{ ok: boolean; out: string }> {
  // A child of a test runner is not to believe that it is one itself.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd: ROOT, env }, (error, stdout, stderr) =>
      resolve({ ok: error === null, out: `${stdout}${stderr}` }),
    );
  });
}

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--root', 'examples', '--globals'];

describe('the examples run as their readers would run them', () => {
  test('vitest: imported functions, jest’s globals, a node against MSW', async () => {
    const { ok, out } = await node(...VITEST, '--exclude', 'node-test/**', '--reporter', 'verbose');
    expect(ok, out).toBe(true);
    for (const file of [
      'vitest/moved-resident',
      'jest/denials',
      'node-under-development/my-node',
    ]) {
      expect(out).toContain(`✓ ${file}.test`);
    }
    expect(out).not.toContain('↓');
    // Three suites with networks of their own, after another process has started.
  }, 60_000);

  test('node:test', async () => {
    const files = globSync('examples/node-test/*.test.ts', { cwd: ROOT });
    expect(files).not.toEqual([]);
    const { ok, out } = await node('--test', '--test-reporter', 'tap', ...files);
    expect(ok, out).toBe(true);
    expect(out).toMatch(/^# pass 2$/m);
    expect(out).toMatch(/^# fail 0$/m);
  });
});

test('every example is in the table of contents, and the commands there name what exists', () => {
  const readme = readFileSync(`${ROOT}examples/README.md`, 'utf8');
  for (const file of globSync('examples/*/*.{ts,js}', { cwd: ROOT })) {
    expect(readme).toContain(file.replace('examples/', ''));
  }
});
