import { type Command, Option } from 'commander';
import { nearest } from '../../network/config/nearest.ts';
import type { RunningFile } from '../../network/running-file.ts';
import {
  AgencyCode,
  Day,
  Id,
  IntegratedAddressNumber,
  ItemNumber,
} from '../../protocol/identifiers.ts';
import { makeIds } from '../../service/ids.ts';
import { systemRandomness } from '../../service/randomness.ts';
import { usage } from '../output/cli-failure.ts';
import type { Ask } from './inquire.ts';

const newId = makeIds(systemRandomness);

export interface QueryOptions {
  readonly from: string;
  readonly to: string;
  readonly item?: string;
  readonly affair?: string;
  readonly information: string;
  readonly resident: string;
  readonly fromDate?: string;
  readonly untilDate?: string;
  /** The person is not to be told of it. */
  readonly nonDisclosable?: boolean;
  readonly id?: string;
  readonly running?: string;
  readonly allItems?: boolean;
  readonly json?: boolean;
}

/** The options, in the order in which they are thought of. */
export const withQueryOptions = (command: Command): Command =>
  command
    .requiredOption('--from <code>', '情報照会者の機関コード / inquirer')
    .requiredOption('--to <code>', '情報提供者の機関コード / provider')
    .option('--item <number>', '項 / item of the permission list, e.g. 25')
    .option('--affair <name|code>', '事務 / affair, instead of the item')
    .requiredOption('--information <name|code>', '特定個人情報 / kind of information')
    .requiredOption('--resident <number>', '団体内統合宛名番号 / the inquirer’s number, 15 digits')
    .option('--from-date <date>', '対象期間の始め / period, YYYY-MM-DD')
    .option('--until-date <date>', '対象期間の終わり / period, YYYY-MM-DD')
    .option('--id <id>', '照会番号 / id: look at an inquiry again, with the same arguments')
    .option('--running <file>', '接続情報 / running.json of the network')
    .option('--all-items', '値のない項目も出す / show items without a value too')
    .addOption(new Option('--json', '1つの JSON 文書を出す / one JSON document'));

/** @throws CliFailure usage */
export function askOf(options: QueryOptions, agencies: RunningFile['agencies']): Ask {
  const { from, to, item, affair, information, resident, fromDate, untilDate } = options;
  const codes = agencies.map(({ code }) => code);
  if (!codes.includes(from)) throw unknownAgency('--from', from, codes);
  check(AgencyCode, to, '--to', '5桁の数字', 'five digits');
  if (item === undefined && affair === undefined) {
    throw usage('--item か --affair が必要です', '--item or --affair is needed');
  }
  if (item !== undefined) check(ItemNumber, item, '--item', '25、16の2 など', 'such as 25, 16の2');
  if (information === '' || affair === '') {
    throw usage('名称が空です', '--information and --affair must not be empty');
  }
  check(IntegratedAddressNumber, resident, '--resident', '15桁の数字', 'fifteen digits');
  if (fromDate !== undefined) check(Day, fromDate, '--from-date', 'YYYY-MM-DD', 'YYYY-MM-DD');
  if (untilDate !== undefined) check(Day, untilDate, '--until-date', 'YYYY-MM-DD', 'YYYY-MM-DD');
  if (fromDate !== undefined && untilDate !== undefined && untilDate < fromDate) {
    throw usage('期間の終わりが始めより前です', '--until-date is before --from-date');
  }
  const id = options.id ?? newId();
  check(Id, id, '--id', '照会番号（22文字）', 'an id of 22 characters');
  const period = {
    ...(fromDate !== undefined && { from: fromDate }),
    ...(untilDate !== undefined && { until: untilDate }),
  };
  return {
    id,
    integratedAddressNumber: resident,
    ...(item !== undefined && { item }),
    ...(affair !== undefined && { affair }),
    ...(options.nonDisclosable && { nonDisclosable: true }),
    provider: to,
    information,
    ...(Object.keys(period).length > 0 && { period }),
  };
}

interface Schema {
  safeParse(input: unknown): { readonly success: boolean };
}

function check(schema: Schema, value: string, option: string, ja: string, en: string): void {
  if (schema.safeParse(value).success) return;
  throw usage(`${option} の値が正しくありません（${ja}）`, `${option} must be ${en}`);
}

function unknownAgency(option: string, code: string, known: readonly string[]) {
  const meant = nearest(code, known);
  return usage(
    `${option} の機関はこのネットワークにありません`,
    `${option}: no such agency in this network`,
    {
      ja: `${meant === undefined ? '' : `${meant} ではありませんか。`}機関: ${known.join(', ')}`,
      en: `${meant === undefined ? '' : `did you mean ${meant}? `}agencies: ${known.join(', ')}`,
    },
  );
}
