import { Command } from 'commander';
import { usage } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';
import { diffCommand } from './diff.ts';
import { importCommand } from './import.ts';
import { showCommand } from './show.ts';
import { verifyCommand } from './verify.ts';
import { type ListsWorld, theWorld } from './world.ts';

/** `renkei lists`: the law's lists as they stand, what changed between them, and new ones. */
export function listsCommand(given: Partial<ListsWorld> = {}): Command {
  const world = { ...theWorld(), ...given };
  const lists = new Command('lists')
    .description('show, verify, compare and import permission lists / 照合リストを扱う')
    .usage('show|verify|diff|import')
    .argument('[what]')
    .action((what: string | undefined) => {
      if (what === undefined) return lists.outputHelp();
      const known = lists.commands.map((one) => one.name()).join(', ');
      throw usage(
        `lists に ${harmless(what)} はありません`,
        `lists has no command ${harmless(what)}`,
        { ja: `あるのは ${known}`, en: `there are: ${known}` },
      );
    });
  for (const make of [showCommand, verifyCommand, diffCommand, importCommand]) {
    // Added rather than made by the parent, so they inherit nothing: errors are the caller's to tell.
    lists.addCommand(
      make(world)
        .exitOverride()
        .configureOutput({ writeErr: () => undefined }),
    );
  }
  return lists;
}
