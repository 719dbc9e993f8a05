import type { Command } from 'commander';
import { group } from '../control/group.ts';
import { decideCommand, draftsCommand, rejectCommand } from './decide.ts';
import { enterCommand } from './enter.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { importsCommand } from './imports.ts';
import { listCommand, showCommand } from './list.ts';
import { reconcileCommand } from './reconcile.ts';

/** `renkei copies`: an agency’s copies (副本), held for provision. */
export const copiesCommand = (): Command =>
  group('copies', '副本を扱う / list, show and change an agency’s copies', [
    listCommand(),
    showCommand(),
    enterCommand(),
    draftsCommand(),
    decideCommand('check'),
    decideCommand('approve'),
    rejectCommand(),
    importCommand(),
    importsCommand(),
    exportCommand(),
    reconcileCommand(),
  ]);
