import { join } from 'node:path';
import type { Command } from 'commander';
import { vi } from 'vitest';
import { runningFileOf, writeRunningFile } from '../../src/network/running-file.ts';
import { temporaryFolder } from '../support/folder.ts';
import type { TestNetwork } from '../support/test-network.ts';

/** Leaves a running file for a test’s network, as `renkei up` does. @returns its path, for `--running` */
export function runningFile(net: TestNetwork): string {
  const path = join(temporaryFolder(), 'running.json');
  const about = { config: 'renkei.yaml', data: undefined, started: net.clock.now() };
  writeRunningFile(path, runningFileOf(net.network, about), false);
  return path;
}

/** Runs a command in this process. @returns what it writes, as bytes, and the exit code that it sets */
export async function runCommand(command: Command, args: readonly string[]) {
  const pieces: Buffer[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
    pieces.push(Buffer.from(text));
    for (const done of rest) if (typeof done === 'function') done();
    return true;
  });
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await command
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parseAsync([...args], { from: 'user' });
    const bytes = Buffer.concat(pieces);
    return { bytes, out: bytes.toString(), exit: Number(process.exitCode ?? 0) };
  } finally {
    write.mockRestore();
    process.exitCode = before;
  }
}
