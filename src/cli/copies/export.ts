import { once } from 'node:events';
import { Command } from 'commander';
import { download } from '../node/download.ts';
import { type AtNode, atNode, callerAt, pathWith } from './at-node.ts';

interface ExportOptions extends AtNode {
  readonly information: string;
  readonly layout?: string;
  readonly encoding: string;
  readonly all?: boolean;
}

/** `renkei copies export`: copies of one kind as a file of the columns that an import takes, on standard output. */
export const exportCommand = (): Command =>
  atNode(
    new Command('export')
      .description(
        '副本を CSV で書き出す / copies of one kind as CSV, for comparison with the originals',
      )
      .requiredOption('--information <name|code>', '特定個人情報 / kind of information')
      .option('--layout <version>', 'レイアウトの版 / layout version')
      .option('--encoding <name>', '文字コード utf-8, shift_jis', 'utf-8')
      .option('--all', '現行のほか全ての版 / every version, not only what is in force today')
      .addHelpText(
        'after',
        '\n--json は副本ごとに一行の JSON を出す。 With --json: one line of JSON for each copy.',
      ),
  ).action(async (options: ExportOptions) => {
    const { information, layout, encoding, all, json } = options;
    const path = pathWith('/v1/copies/export', {
      ...{ information, layout },
      ...(json ? { format: 'jsonl' } : { encoding }),
      ...(all && { versions: 'all' }),
    });
    await toStandardOutput(download(callerAt(options), path));
  });

/** Waits for whoever reads; if they stop (`| head`), so does this. */
async function toStandardOutput(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}
