import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { listsCommand } from '../../src/cli/lists/command.ts';
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
  let err = '';
  const command = listsCommand({ stdout, now: () => Date.UTC(2026, 10, 22, 3), folder });
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({ writeErr: (said) => (err += said) });
  }
  let status = 0;
  try {
    await new Command('renkei')
      .addCommand(command)
      .parseAsync(['lists', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    status = error.exitCode;
  }
  stdout.end();
  return { status, out: await out, err };
}
