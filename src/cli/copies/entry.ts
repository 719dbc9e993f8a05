import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { CliFailure, usage } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';

export interface EntryOptions {
  readonly records?: string;
  readonly set: readonly string[];
  readonly layout?: string;
  readonly published?: string;
  readonly ended?: string;
  readonly autoResponseDisabled?: string;
  readonly nonDisclosable?: string;
  readonly end?: string;
  readonly delete?: boolean;
}

/**
 * What is to happen to a copy, as the node takes it.
 * @param held the rows of the version that is corrected; asked for only where `--set` needs them
 * @throws CliFailure usage
 */
export async function entryOf(
  options: EntryOptions,
  held: () => Promise<readonly CopyRecord[]>,
): Promise<Readonly<Record<string, unknown>>> {
  const { published, ended, layout, set, end } = options;
  const ways = [options.records !== undefined || set.length > 0, end !== undefined, options.delete];
  if (ways.filter(Boolean).length !== 1) {
    throw usage(
      '--records か --set、--end、--delete のいずれか一つが必要です',
      'one of --records or --set, --end, --delete is needed',
    );
  }
  const told = { ...(published !== undefined && { published }) };
  if (options.delete) return { change: 'delete', ...told };
  if (end !== undefined) return { change: 'end', ended: end === 'none' ? null : end, ...told };
  const rows = options.records === undefined ? await held() : await rowsIn(options.records);
  return {
    change: 'put',
    ...told,
    ...(ended !== undefined && { ended }),
    ...(layout !== undefined && { layoutVersion: layout }),
    ...flag('autoResponseDisabled', options.autoResponseDisabled),
    ...flag('nonDisclosable', options.nonDisclosable),
    records: corrected(rows, set),
  };
}

function flag(name: 'autoResponseDisabled' | 'nonDisclosable', told: string | undefined) {
  if (told === undefined) return {};
  if (told !== 'yes' && told !== 'no') throw usage('yes か no です', 'flags are yes or no');
  return { [name]: told === 'yes' };
}

const Rows = z.array(CopyRecord);

/** The rows in a file, `-` for standard input. @throws CliFailure usage for a file that is not there or no array of rows */
export async function rowsIn(file: string): Promise<CopyRecord[]> {
  const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8');
  const content = await read.catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    throw new CliFailure('usage', {
      findings: [{ place: file, ja: 'ファイルがありません', en: 'There is no such file' }],
    });
  });
  try {
    return Rows.parse(JSON.parse(content));
  } catch {
    throw usage(
      '項目名と値の行からなる JSON の配列ではありません',
      'not a JSON array of rows, each of item names and values',
    );
  }
}

const SET = /^([1-9][0-9]{0,5}):(.+?)(:?=)(.*)$/su;
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/**
 * `3:備考=訂正`: in the third row that item has that value, of the type that it had; nothing for none.
 * `3:接種量:=0.5`: a number.
 */
function corrected(rows: readonly CopyRecord[], changes: readonly string[]): CopyRecord[] {
  const made = rows.map((row) => ({ ...row }));
  for (const change of changes) {
    const [, row = '', item = '', sign = '', value = ''] = SET.exec(change) ?? [];
    if (row === '') {
      throw usage(
        `--set は 行:項目=値 です: ${harmless(change)}`,
        `--set is ROW:ITEM=VALUE: ${harmless(change)}`,
      );
    }
    const record = made[Number(row) - 1];
    if (!record || !Object.hasOwn(record, item)) {
      throw usage(
        `${row}行目に ${harmless(item)} という項目はありません`,
        `row ${row} has no item ${harmless(item)}`,
      );
    }
    const number = sign === ':=' || typeof record[item] === 'number';
    if (number && value !== '' && !NUMBER.test(value)) {
      throw usage(`${harmless(item)} は数値です`, `${harmless(item)} is a number`);
    }
    record[item] = value === '' ? null : number ? Number(value) : value;
  }
  return made;
}
