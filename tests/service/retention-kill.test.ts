import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { auditExport } from '../../src/protocol/log/audit-export.ts';
import { noteVerifier } from '../../src/protocol/log/signed-note.ts';
import { exportText } from '../../src/service/record-log/export-log.ts';
import { logVerifier, retainedLog } from './retained-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

// Invariant 6: what is pruned and what is on record never differ, whenever the process is killed.

const EXCHANGES = 3000;

/** Has a child prune until it is killed in a transaction. */
async function pruneUntil(...args: string[]): Promise<void> {
  const script = join(import.meta.dirname, 'children', 'prune-until-killed.ts');
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
}

/** In which transaction of each turn, and when; how many are durable after it. A part takes 500 exchanges. */
const TURNS = [
  ['1', 'written', 0],
  ['1', 'committed', 1],
  ['2', 'written', 2],
  ['2', 'committed', 4],
] as const;

test('killed in the middle again and again, it goes on where it was; every log verifies', async () => {
  const path = join(temporaryFolder(), 'log.db');
  const whole = {
    origin: logVerifier.name,
    keys: [noteVerifier(logVerifier.name, logVerifier.publicKey)],
  };
  for (const [turn, [transaction, instant, durable]] of TURNS.entries()) {
    await pruneUntil(path, turn === 0 ? 'begin' : 'again', transaction, instant);
    const { store, kept, commit, log } = retainedLog({ path, at: '2034-01-10T09:00:00+09:00' });
    const exported: string[] = [];
    for await (const text of exportText(store)) exported.push(text.trimEnd());
    // Each part tells how many records it took, and all that are gone are told.
    const { pruned, size } = await auditExport(exported, { log: whole });
    const told = log.records(0, 100_000).filter(({ record }) => record.kind === 'pruned');
    expect(size).toBe(2 * EXCHANGES + told.length);
    expect(told.reduce((sum, { record }) => sum + (record.pruned?.count ?? 0), 0)).toBe(pruned);
    expect(kept().length - told.length).toBe(2 * EXCHANGES - pruned);
    expect(told.length).toBe(durable);
    expect(pruned).toBe(durable * 1000);
    // Never half of an exchange: both of its records, 3,000 apart, or neither.
    const there = new Set(kept());
    for (let at = 0; at < EXCHANGES; at += 1) expect(there.has(at)).toBe(there.has(at + EXCHANGES));
    await commit.close();
  }
  const last = retainedLog({ path, at: '2034-01-10T09:00:00+09:00' });
  expect(await last.retention.prune()).toMatchObject({ pruned: 2 * EXCHANGES - 4000, held: 0 });
  await last.commit.close();
}, 60_000);
