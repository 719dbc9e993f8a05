import { Command } from 'commander';
import { CorrectionRequestView } from '../../protocol/history.ts';
import { Id } from '../../protocol/identifiers.ts';
import { writeJson, writeLine } from '../control/group.ts';
import type { FindOperator } from '../control/operator.ts';
import { type FactOptions, factsOf, withFacts } from '../corrections/facts.ts';
import { usage } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';
import { type AsPerson, asPerson, logInWith } from './as-person.ts';

interface CorrectOptions extends AsPerson, FactOptions {
  readonly to: string;
}

/** `renkei person correct`: asks an agency to correct its record of an exchange. */
export const correctCommand = (find?: FindOperator): Command =>
  asPerson(
    withFacts(
      new Command('correct')
        .description('記録の訂正を機関に求める / ask an agency to correct its record')
        .argument('<exchange>', '`person history` が示す番号 / as `person history` shows it')
        .requiredOption('--to <inquirer|provider>', 'どちらの機関の記録か / whose record'),
    ),
  ).action(async (exchange: string, options: CorrectOptions) => {
    const { to, json } = options;
    if (to !== 'inquirer' && to !== 'provider') {
      throw usage(
        '--to には inquirer（照会者）か provider（提供者）を指定してください',
        '--to is inquirer or provider',
      );
    }
    if (!Id.safeParse(exchange).success) {
      throw usage(
        '交換の番号は `renkei person history` が示す22文字です',
        'an exchange has 22 characters, as `renkei person history` shows them',
      );
    }
    const facts = factsOf(options);
    const ask = await logInWith(options, find);
    const body = { exchange, to, facts };
    const asked = await ask('/v1/persons/corrections', CorrectionRequestView, body);
    if (json) return writeJson(asked);
    writeLine(`${harmless(asked.agency.name)} に訂正を求めました asked for  ${asked.id}`);
    writeLine(
      'その機関の職員が決定します。結果は履歴に示されます / its staff decide; the history will tell',
    );
  });
