import { Command } from 'commander';
import { diffCommand } from './diff.ts';
import { importCommand } from './import.ts';
import { showCommand } from './show.ts';
import { verifyCommand } from './verify.ts';
import { type ListsWorld, theWorld } from './world.ts';

/** `renkei lists`: the law's lists as they stand, what changed between them, and new ones. */
export function listsCommand(given: Partial<ListsWorld> = {}): Command {
  const world = { ...theWorld(), ...given };
  return new Command('lists')
    .description('show, verify, compare and import permission lists / 照合リストを扱う')
    .addCommand(showCommand(world))
    .addCommand(verifyCommand(world))
    .addCommand(diffCommand(world))
    .addCommand(importCommand(world));
}
