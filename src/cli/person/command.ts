import type { Command } from 'commander';
import { group } from '../control/group.ts';
import { cardCommand } from './card.ts';
import { correctCommand } from './correct.ts';
import { historyCommand } from './history.ts';

/** `renkei person`: what the person concerned may do, with their simulated card. */
export const personCommand = (): Command =>
  group('person', '本人としてやりとり履歴を見る / what was asked about somebody, as they see it', [
    historyCommand(),
    correctCommand(),
    cardCommand(),
  ]);
