import type { Command } from 'commander';
import { group } from '../control/group.ts';
import { auditCommand, verifyCommand } from './audit.ts';
import { exportCommand } from './export.ts';
import { holdCommand, holdsCommand, releaseCommand } from './holds.ts';
import { proveCommand } from './prove.ts';
import { pruneCommand } from './prune.ts';
import { showCommand } from './show.ts';

/** `renkei log`: the parties’ records, taken out, verified and audited offline, held and pruned (番号法23条). */
export const logCommand = (): Command =>
  group(
    'log',
    '記録を書き出し、検証し、突き合わせ、保全する / export, verify, audit and hold the records',
    [
      exportCommand(),
      verifyCommand(),
      auditCommand(),
      proveCommand(),
      showCommand(),
      pruneCommand(),
      holdCommand(),
      holdsCommand(),
      releaseCommand(),
    ],
  );
