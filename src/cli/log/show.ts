import { Command } from 'commander';
import { exportLines } from '../../compliance/audit/read-export.ts';
import { ExportLine } from '../../protocol/log/audit-export.ts';
import { ProvisionRecord } from '../../protocol/record.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { logFiles } from './files.ts';

interface Options {
  readonly exchange?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** `renkei log show`: the records of an export, to read. */
export const showCommand = (): Command =>
  new Command('show')
    .description('書き出した記録を読む / show the records of an export')
    .argument('<file>')
    .option('--exchange <id>', 'この交換だけ / only this exchange')
    .option('--limit <number>', '最大件数 / at most so many', '100')
    .option('--json', 'JSON で出す / as JSON, a record a line')
    .action(async (path: string, { exchange, limit, json }: Options) => {
      const [file] = await logFiles([path]);
      let pruned = 0;
      let left = Number(limit) || 100;
      for await (const text of exportLines(file?.file ?? path)()) {
        const line = ExportLine.parse(JSON.parse(text));
        if (!('index' in line)) continue;
        if (line.record === undefined) {
          pruned += 1;
          continue;
        }
        const record = ProvisionRecord.parse(JSON.parse(line.record));
        if (exchange !== undefined && record.exchange !== exchange) continue;
        if (left-- <= 0) break;
        if (json) writeJson({ index: line.index, record });
        else writeLine(oneLine(line.index, record));
      }
      if (pruned > 0 && !json)
        writeLine(`保存期間を過ぎて内容を消した記録 / pruned, their hashes are left: ${pruned}`);
    });

const oneLine = (index: number, it: ProvisionRecord): string =>
  [
    String(index).padStart(7),
    new Date(it.at).toISOString(),
    it.kind.padEnd(16),
    it.exchange ?? '-'.padEnd(22),
    `${it.inquirer ?? ''}→${it.provider ?? ''}`,
    it.item === undefined ? '' : `${it.item}の項`,
    it.outcome ?? it.code ?? '',
    it.staff ?? '',
  ]
    .join('  ')
    .trimEnd();
