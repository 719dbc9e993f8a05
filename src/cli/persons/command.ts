import type { Command } from 'commander';
import { group } from '../control/group.ts';
import { grantCommand, grantsCommand, withdrawCommand } from './authority.ts';
import { changesCommand, decideCommands, mergeCommand, splitCommand } from './changes.ts';
import { logCommand } from './log.ts';
import { confirmCommand, findCommand, numberCommand, showCommand } from './look-up.ts';
import { acquireCommand, changeCommand, registerCommand } from './registering.ts';

/** `renkei persons`: an agency’s address-number system. */
export const personsCommand = (): Command =>
  group('persons', '統合宛名システムを扱う / look up, confirm, register, merge and split persons', [
    findCommand(),
    numberCommand(),
    showCommand(),
    confirmCommand(),
    registerCommand(),
    changeCommand(),
    acquireCommand(),
    mergeCommand(),
    splitCommand(),
    changesCommand(),
    ...decideCommands(),
    grantsCommand(),
    grantCommand(),
    withdrawCommand(),
    logCommand(),
  ]);
