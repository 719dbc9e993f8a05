import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { expect } from 'vitest';
import { listsCommand } from '../../src/cli/lists/command.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { plain } from '../../src/cli/output/style.ts';
import { tell } from '../../src/cli/output/tell.ts';
import { temporaryFolder } from '../service/temporary-folder.ts';

const PROJECT = fileURLToPath(new URL('../../permission-lists/', import.meta.url));

/** A folder of the project's own lists that a test may change. */
export function listsFolder(): string {
  const folder = temporaryFolder();
  for (const name of ['beppyo-2.json', 'order-r6-9.json', 'roles.json']) {
    cpSync(join(PROJECT, name), join(folder, name));
  }
  return folder;
}

/** Runs `renkei lists …` at noon of 2026-11-22 in Japan. */
export async function run(args: readonly string[], folder: string = PROJECT) {
  const stdout = new PassThrough();
  const out = text(stdout);
  const command = listsCommand({ stdout, now: () => Date.UTC(2026, 10, 22, 3), folder });
  command
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: (said) => void stdout.write(said) });
  let status = 0;
  let err = '';
  try {
    await new Command('renkei')
      .addCommand(command)
      .parseAsync(['lists', ...args], { from: 'user' });
  } catch (error) {
    const failure = failureOf(error);
    status = failure.exit;
    err = tell(failure, plain);
    // Anything else would be this program's own fault.
    expect(failure.code).not.toBe('internal');
  }
  stdout.end();
  return { status, out: await out, err };
}
