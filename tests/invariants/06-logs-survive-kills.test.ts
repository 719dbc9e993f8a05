import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { seeded } from '../../src/network/world/seeded.ts';
import { readPermissionLists } from '../../src/service/permission-lists/read-folder.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KUMAGAYA, MATSUE, ROOT, shippedConfig } from '../support/test-network.ts';

// Invariant 6 for the records: kill -9 at any write of an exchange. After the restart every log verifies, every
// acknowledged exchange is in all logs that must hold it, and none is there twice.

/** Each starts a whole network anew: CI takes the minutes that all two hundred need, a desk does not. */
const KILLS = Number(process.env.RENKEI_KILLS ?? (process.env.CI ? 200 : 24));
/** Side by side, each on data of its own. */
const LANES = 2;
/** About as many statements as six exchanges at once run, from permit to answer. */
const WRITES = 260;
const SEED = process.env.RENKEI_KILL_SEED ?? String(Date.now());

const CONFIG = {
  ...shippedConfig,
  agencies: shippedConfig.agencies.filter(({ code }) => code === KUMAGAYA || code === MATSUE),
  residents: { count: 24 },
};

/** Runs a child to its end. @returns what it wrote, or undefined when it was killed, as it should be */
async function run(folder: string, cache: string, at: string): Promise<string | undefined> {
  const script = join(import.meta.dirname, 'children', 'exchanges-until-killed.ts');
  const child = spawn(process.execPath, [script, folder, SEED, at], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let told = '';
  let failed = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    told += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    failed += part;
  });
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return undefined;
  expect(code, failed).toBe(0);
  return told;
}

test(`kill -9 at ${KILLS} writes (RENKEI_KILL_SEED=${SEED})`, { timeout: 600_000 }, async () => {
  const cache = temporaryFolder();
  const law = await readPermissionLists(join(ROOT, 'permission-lists'));
  const given = JSON.stringify({ config: CONFIG, law });
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'given.json'), given);
    const chance = seeded(SEED, `lane ${lane}`);
    for (let kill = 0; kill < KILLS / LANES; kill += 1) {
      const at = String(1 + chance.int(WRITES));
      expect(
        await run(folder, cache, at),
        `lane ${lane}, kill ${kill}, write ${at}`,
      ).toBeUndefined();
    }
    return JSON.parse((await run(folder, cache, 'end')) ?? '{}');
  });
  for (const { acknowledged, begun } of await Promise.all(lanes)) {
    expect(acknowledged).toBe(begun);
    expect(acknowledged).toBeGreaterThan(KILLS / LANES);
  }
});
