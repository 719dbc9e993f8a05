import { Command } from 'commander';
import { HistoryPage } from '../../protocol/history.ts';
import { Day } from '../../protocol/identifiers.ts';
import { writeJson } from '../control/group.ts';
import type { FindOperator } from '../control/operator.ts';
import { usage } from '../output/cli-failure.ts';
import { calledAs } from '../output/invocation.ts';
import { paintFor, shellWord } from '../output/style.ts';
import { type AsPerson, asPerson, logInWith } from './as-person.ts';
import { historyText } from './print.ts';

interface HistoryOptions extends AsPerson {
  readonly from?: string;
  readonly until?: string;
  readonly after?: string;
  readonly limit?: string;
}

/** `renkei person history`: the exchanges about somebody, as they may be told. */
export const historyCommand = (find?: FindOperator): Command =>
  asPerson(
    new Command('history')
      .description('本人についてのやりとり履歴を示す / the exchanges about somebody')
      .option('--from <day>', 'この日から / asked on this day or later, YYYY-MM-DD')
      .option('--until <day>', 'この日まで / asked on this day or before')
      .option('--after <exchange>', '前のページの続き / go on after this one')
      .option('--limit <number>', '件数 / how many at once, 1 to 100 (20)'),
  ).action(async (options: HistoryOptions) => {
    const query = queryOf(options);
    const ask = await logInWith(options, find);
    const page = await ask(`/v1/persons/history${query}`, HistoryPage);
    if (options.json) return writeJson(page);
    const again = [calledAs(), 'person history --resident', shellWord(options.resident)].join(' ');
    process.stdout.write(historyText(page, paintFor(process.stdout), again));
  });

function queryOf({ from, until, after, limit }: HistoryOptions): string {
  for (const [name, day] of Object.entries({ from, until })) {
    if (day !== undefined && !Day.safeParse(day).success) {
      throw usage(
        `--${name} には日付（例 2026-11-22）を指定してください`,
        `--${name} is a day, such as 2026-11-22`,
      );
    }
  }
  if (limit !== undefined && !/^([1-9]\d?|100)$/.test(limit)) {
    throw usage('--limit は 1 から 100 までです', '--limit is 1 to 100');
  }
  const given = Object.entries({ from, until, after, limit }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const query = new URLSearchParams(given).toString();
  return query === '' ? '' : `?${query}`;
}
