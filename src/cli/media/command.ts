import type { Command } from 'commander';
import { group } from '../control/group.ts';
import { keyCommand } from './key.ts';
import { addCommand, listCommand, retireCommand } from './ledger.ts';
import { borrowCommand, decideCommand, lendingsCommand, rejectCommand } from './lending.ts';
import { acceptCommand, returnCommand } from './return.ts';
import { writeCommand } from './write.ts';

/** `renkei media`: an agency’s external media (外部記録媒体): ledger, lending and return, encrypted files. */
export const mediaCommand = (): Command =>
  group('media', '外部記録媒体を管理し、暗号化して書き出す / an agency’s external media', [
    listCommand(),
    addCommand(),
    retireCommand(),
    lendingsCommand(),
    borrowCommand(),
    decideCommand(),
    rejectCommand(),
    writeCommand(),
    returnCommand(),
    acceptCommand(),
    keyCommand(),
  ]);
