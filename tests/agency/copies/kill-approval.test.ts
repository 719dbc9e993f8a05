import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ALWAYS } from '../../../src/agency/core/copies/ports.ts';
import { openAgencyStore } from '../../../src/agency/store/sqlite-store.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { idOf } from '../../support/ids.ts';

/** Runs the child until it has acknowledged so many approvals, and kills it; gives all that it acknowledged. */
async function killAfter(path: string, run: string, approvals: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'children', 'approve-until-killed.ts');
  const child = spawn(process.execPath, [script, path, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    written += part;
    if (written.split('\n').length > approvals) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  // The last line may be cut: without its end nothing was acknowledged.
  return written.split('\n').slice(0, -1);
}

test('kill -9 in the middle of approvals: what was acknowledged counts, and each is done whole or not at all', async () => {
  const path = join(temporaryFolder(), 'node.sqlite');
  const acknowledged: string[] = [];
  let interrupted = 0;
  for (const run of ['1', '2', '3']) {
    acknowledged.push(...(await killAfter(path, run, 40)));
    const { read, commits } = openAgencyStore({ path });
    const drafts = read.drafts(['entered', 'checked', 'approved'], undefined, 1_000_000);
    const done = read.operations(0, 1_000_000).map(({ operation }) => operation);
    for (const { id, state, key } of drafts) {
      const versions = read.copyVersions(key.integratedAddressNumber, key.information);
      const whole = read.draft(id)?.proposal;
      const proposed = whole?.change === 'put' ? whole.copy.records : undefined;
      expect(proposed).toBeDefined();
      const count = (operation: string) =>
        done.filter(
          (each) => each.person === key.integratedAddressNumber && each.operation === operation,
        ).length;
      const approved = state === 'approved';
      expect(versions.map(({ records, published }) => [records, published])).toEqual(
        approved ? [[proposed, ALWAYS]] : [],
      );
      expect([count('copies.enter'), count('copies.check'), count('copies.approve')]).toEqual([
        1,
        state === 'entered' ? 0 : 1,
        approved ? 1 : 0,
      ]);
      if (!approved) interrupted += 1;
    }
    const states = new Map(drafts.map(({ id, state }) => [id, state]));
    for (const label of acknowledged) expect(states.get(idOf(label)), label).toBe('approved');
    await commits.close();
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(120);
  expect(interrupted).toBeGreaterThan(0);
}, 30_000);
