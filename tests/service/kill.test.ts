import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { StorageBusy } from '../../src/service/sqlite/open-database.ts';
import { openPairs } from './children/pairs.ts';
import { temporaryFolder } from './temporary-folder.ts';

function child(name: string, ...args: string[]) {
  const script = join(import.meta.dirname, 'children', name);
  const process_ = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    process_.kill('SIGKILL');
  });
  return process_;
}

/** Kills a child once it has written `lines` lines; returns all the lines that it got out. */
async function killAfter(running: ChildProcess, lines: number): Promise<string[]> {
  let written = '';
  let killed = false;
  running.stdout?.setEncoding('utf8').on('data', (part: string) => {
    written += part;
    if (!killed && written.split('\n').length > lines) killed = running.kill('SIGKILL');
  });
  const [, signal] = await once(running, 'close');
  expect(signal).toBe('SIGKILL');
  // The last line may be cut; an id without its line end was not acknowledged.
  return written.split('\n').slice(0, -1);
}

test('every acknowledged work outlives kill -9, and no work is there by half', async () => {
  const path = join(temporaryFolder(), 'data', 'pairs.db');
  const acknowledged: string[] = [];
  for (const run of ['a', 'b', 'c']) {
    acknowledged.push(...(await killAfter(child('commit-until-killed.ts', path, run), 300)));
    const reopened = openPairs(path);
    const halves = new Map<string, number>();
    for (const id of reopened.read((tx) => tx.ids())) halves.set(id, (halves.get(id) ?? 0) + 1);
    await reopened.close();
    expect(acknowledged.filter((id) => !halves.has(id))).toEqual([]);
    expect([...halves].filter(([, count]) => count !== 2)).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(900);
});

test('a second process that opens the same data is told that it is in use', async () => {
  const path = join(temporaryFolder(), 'pairs.db');
  const owner = child('hold-open.ts', path);
  await once(owner.stdout, 'data');
  const open = () => openPairs(path);
  expect(open).toThrow(StorageBusy);
  expect(open).toThrow(path);

  owner.kill('SIGKILL');
  await once(owner, 'close');
  const reopened = openPairs(path);
  await reopened.transact((tx) => tx.add('after'));
  await reopened.close();
});
