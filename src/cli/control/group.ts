import { Command } from 'commander';
import { usage } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';

/** A command of several parts. @param unnamed the part that is meant when none is named; help, if left out */
export function group(
  name: string,
  about: string,
  parts: readonly Command[],
  unnamed?: string,
): Command {
  const names = parts.map((part) => part.name());
  const all = new Command(name).description(about).usage(names.join('|'));
  for (const part of parts) {
    // Added rather than made by the parent, so they inherit nothing: errors are the caller's to tell.
    part.exitOverride().configureOutput({ writeErr: () => undefined });
    all.addCommand(part, { isDefault: part.name() === unnamed });
  }
  if (unnamed !== undefined) return all;
  return all.argument('[what]').action((what: string | undefined) => {
    if (what === undefined) return all.outputHelp();
    throw usage(
      `${name} に ${harmless(what)} はありません`,
      `${name} has no command ${harmless(what)}`,
      { ja: `あるのは ${names.join(', ')}`, en: `there are: ${names.join(', ')}` },
    );
  });
}

/** The options that all of these have. */
export const operating = (command: Command): Command =>
  command
    .option('--running <file>', '接続情報 / running.json of the network')
    .option('--json', 'JSON で出す / as JSON');

export interface Operating {
  readonly running?: string;
  readonly json?: boolean;
}

export const writeJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
export const writeLine = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
