import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { CliFailure, usage } from '../output/cli-failure.ts';
import { group, type Operating, operating, writeJson, writeLine } from './group.ts';
import { askControl, type FindOperator, theOperator } from './operator.ts';

const Anything = z.looseObject({ format: z.literal('renkei-state') });
const Nothing = z.object({});

/** `renkei state`: all parties at one instant, out to a file and back. */
export function stateCommand(find: FindOperator = theOperator): Command {
  return group('state', '全機関の状態を書き出し、読み込み、最初に戻す / export, import, reset', [
    operating(
      new Command('export')
        .description(
          '状態を書き出す。各機関のデータは封をしてある / to a file; what agencies keep is sealed',
        )
        .argument('<file>'),
    ).action(async (file: string, options: Operating) => {
      const state = await askControl(find(options.running), '/v1/state', Anything);
      const text = JSON.stringify(state);
      // Readable by its owner: sealed or not, it holds what every party holds.
      await writeFile(file, text, { mode: 0o600 });
      if (options.json) writeJson({ file, bytes: Buffer.byteLength(text) });
      else writeLine(`書き出しました / exported: ${file}`);
    }),
    operating(
      new Command('import').description('状態を読み込む / from such a file').argument('<file>'),
    ).action(async (file: string, options: Operating) => {
      const state = await stateIn(file);
      await askControl(find(options.running), '/v1/state', Nothing, state);
      if (options.json) writeJson({ imported: file });
      else writeLine(`読み込みました / imported: ${file}`);
    }),
    operating(
      new Command('reset').description('最初の状態に戻す / back to how it was when first ready'),
    ).action(async (options: Operating) => {
      await askControl(find(options.running), '/v1/state/reset', Nothing, {});
      if (options.json) writeJson({ reset: true });
      else writeLine('最初の状態に戻しました / reset');
    }),
  ]);
}

/** @throws CliFailure usage for a file that is not there or no state */
async function stateIn(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    throw new CliFailure('usage', {
      findings: [{ place: file, ja: 'ファイルがありません', en: 'There is no such file' }],
    });
  });
  try {
    return Anything.parse(JSON.parse(text));
  } catch {
    throw usage('renkei の状態ではありません', 'This is no state of renkei', {
      ja: '`renkei state export` が書き出したファイルを指定してください',
      en: 'Name a file that `renkei state export` wrote',
    });
  }
}
