import type { Command } from 'commander';
import { CorrectedFacts } from '../../protocol/corrected-facts.ts';
import { AffairCode, Day, InformationCode, ItemNumber } from '../../protocol/identifiers.ts';
import { affairCode, informationCode } from '../../protocol/permission/codes.ts';
import { usage } from '../output/cli-failure.ts';

/** What a record should say instead. */
export interface FactOptions {
  readonly item?: string;
  readonly affair?: string;
  readonly information?: string;
  readonly periodFrom?: string;
  readonly periodUntil?: string;
}

export const withFacts = (command: Command): Command =>
  command
    .option('--item <number>', '正しい項 / the item that it should say')
    .option('--affair <code|name>', '正しい事務 / the affair')
    .option('--information <code|name>', '正しい情報 / the kind of information')
    .option('--period-from <day>', '正しい期間の始め / the first day')
    .option('--period-until <day>', '正しい期間の終わり / the last day');

/** @throws CliFailure usage for days and items that are none, or nothing to correct */
export function factsOf(options: FactOptions): CorrectedFacts {
  const { item, affair, information, periodFrom: from, periodUntil: until } = options;
  if (item !== undefined && !ItemNumber.safeParse(item).success) {
    throw usage('--item は項の番号です（例 25、16の2）', '--item is an item, such as 25 or 16の2');
  }
  for (const day of [from, until]) {
    if (day !== undefined && !Day.safeParse(day).success) {
      throw usage('期間は日付（例 2026-11-22）です', 'a period has days, such as 2026-11-22');
    }
  }
  const codeOf = (text: string, isCode: boolean, code: (name: string) => string) =>
    isCode ? text : code(text);
  const facts = CorrectedFacts.safeParse({
    ...(item !== undefined && { item }),
    ...(affair !== undefined && {
      affair: codeOf(affair, AffairCode.safeParse(affair).success, affairCode),
    }),
    ...(information !== undefined && {
      information: codeOf(
        information,
        InformationCode.safeParse(information).success,
        informationCode,
      ),
    }),
    ...((from ?? until) !== undefined && {
      period: { ...(from !== undefined && { from }), ...(until !== undefined && { until }) },
    }),
  });
  if (facts.success) return facts.data;
  throw usage(
    '何が正しいかを --item、--affair、--information、--period-from、--period-until で示してください',
    'say what is right, with --item, --affair, --information, --period-from, --period-until',
  );
}
