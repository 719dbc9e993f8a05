import type { Command } from 'commander';
import { group } from '../control/group.ts';
import { addCommand, changeCommand, resetCommand, withdrawCommands } from './change.ts';
import { departmentsCommand } from './departments.ts';
import { listCommand, showCommand } from './list.ts';
import { logInCommand, logOutCommand, passwordCommand } from './log-in.ts';
import { anomaliesCommand, operationsCommand } from './operations.ts';
import { otpCommand } from './otp.ts';

/** `renkei staff`: who may do what at an agency’s node, who is logged in, and what was done. */
export const staffCommand = (): Command =>
  group('staff', '職員、権限、操作記録を扱う / users and authority, log-in, the operation log', [
    listCommand(),
    showCommand(),
    addCommand(),
    changeCommand(),
    ...withdrawCommands(),
    resetCommand(),
    departmentsCommand(),
    otpCommand(),
    logInCommand(),
    passwordCommand(),
    logOutCommand(),
    operationsCommand(),
    anomaliesCommand(),
  ]);
