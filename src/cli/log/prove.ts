import { Command } from 'commander';
import { proveRecord } from '../../compliance/audit/prove-record.ts';
import { exportLines } from '../../compliance/audit/read-export.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { CliFailure, usage } from '../output/cli-failure.ts';
import { keysBeside, logFiles } from './files.ts';
import { keysOf, readKeys } from './keys.ts';

interface Options {
  readonly index: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** `renkei log prove`: one record, with the proof that it is in the log and the checkpoint that says so. */
export const proveCommand = (): Command =>
  new Command('prove')
    .description('一つの記録がログにあることを証明する / prove one record of an export')
    .argument('<file>')
    .requiredOption('--index <number>', '記録の番号（0 から）/ its place in the log, from 0')
    .option('--key <key|file>', '検証鍵（既定は横の keys.txt）/ verifier key, or a file of them')
    .option('--json', 'JSON で出す / as JSON')
    .action(async (path: string, options: Options) => {
      const [file] = await logFiles([path]);
      if (!file) throw usage('ファイルがありません', 'there is no file');
      if (!/^\d{1,15}$/.test(options.index))
        throw usage('--index は 0 以上の整数', '--index is a whole number');
      const keys = keysOf(await readKeys(options.key ?? keysBeside(file)), file.party);
      const proof = await proveRecord(exportLines(file.file)(), {
        ...{ party: file.party, keys },
        index: Number(options.index),
      }).catch((error: unknown) => {
        if (!(error instanceof LogInvalid)) throw error;
        const finding = { place: file.file, ja: error.ja, en: error.en };
        throw new CliFailure('log_invalid', { exit: 4, findings: [finding] }, { cause: error });
      });
      if (options.json) {
        writeJson(proof);
        return;
      }
      writeLine(proof.record);
      writeLine(`index ${proof.index}  size ${proof.size}  leaf ${proof.leaf}`);
      for (const hash of proof.path) writeLine(`  ${hash}`);
      writeLine(proof.checkpoint.trimEnd());
      writeLine('✓ 証明は成り立ちます / the proof holds');
    });
