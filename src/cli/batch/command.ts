import { Command, Option } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { BatchView, batches } from '../../protocol/node-api/batches.ts';
import { group, writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { paintFor } from '../output/style.ts';
import { batchPath } from './batch-path.ts';
import { exampleCommand } from './example.ts';
import { carryOut, type RunOptions } from './run.ts';
import { listText, summaryText } from './summary.ts';

const MORE = `
終了コード / exit codes
  0  すべての行に結果がある（不許可、確認待ちを含む）、または承認待ち / every row has a result (a denial, pending), or it waits for approval
  1  使い方の誤り / usage
  2  ファイルの誤り。何も照会していない / the file is wrong; nothing was asked
  3  実行できない / could not run
  4  回答のない行がある。--resume で続けられる / rows without an answer: go on with --resume

照会依頼ファイル（18列の固定長）も、見出し行のある CSV も読む。分割されたファイル（_0001、_0002…）は一つとして読む。
Reads inquiry files (18 columns of fixed width) and CSV with a header; parts (_0001, _0002 …) are read as one.

例 / example
  renkei batch example --out inquiries.csv
  renkei batch inquiries.csv --agency 32201`;

/** `renkei batch`: inquiries from a file, approval of them by staff. */
export const batchCommand = (): Command =>
  group(
    'batch',
    '照会依頼ファイルで一括照会する / make the inquiries of a file',
    [
      sendCommand(),
      exampleCommand(),
      listCommand(),
      step('stop'),
      step('approve'),
      step('decline'),
    ],
    'send',
  ).addHelpText('after', MORE);

const sendCommand = (): Command =>
  atNode(
    new Command('send')
      .description('照会し、結果ファイルを書く / ask, follow, and write the result file')
      .argument('[file]', '照会依頼ファイル。- は標準入力 / inquiry file, - for standard input')
      .option('--out <file>', '結果ファイル / result file')
      .addOption(
        new Option('--format <name>', '結果の形式 / of the results').choices(['csv', 'jsonl']),
      )
      .addOption(
        new Option('--encoding <name>', '文字コード / of the file').choices(['utf-8', 'shift_jis']),
      )
      .option(
        '--concurrency <n>',
        '同時に行う照会の数、1〜256 / inquiries under way at once, 1 to 256',
      )
      .option('--again', '同じファイルでも新たに照会する / ask anew, though it was sent before')
      .option('--resume <id>', '前の一括照会を続ける / go on with an earlier batch')
      .addHelpText('after', MORE),
    'gyomu',
  ).action((file: string | undefined, options: RunOptions) => carryOut(file, options));

const listCommand = (): Command =>
  atNode(
    new Command('list').description('一括照会を新しい順に並べる / the newest first'),
    'gyomu',
  ).action(async (options: AtNode) => {
    const answer = await callNode(callerAt(options), '/v1/batches');
    if (options.json) return writeJson(answer);
    process.stdout.write(
      listText(fitted(batches.list.responses[200], answer).batches, paintFor(process.stdout)),
    );
  });

const ABOUT = {
  stop: '残りの行を照会しない / ask no further row',
  approve: '別の職員が承認し、照会を始める / approve as another member of staff: it begins',
  decline: '別の職員が却下する / decline as another member of staff',
} as const;

const step = (name: keyof typeof ABOUT): Command =>
  atNode(
    new Command(name)
      .description(ABOUT[name])
      .argument('<id>', '一括照会の番号 / the batch, as `batch list` shows it'),
    name === 'stop' ? 'gyomu' : 'jocho',
  ).action(async (id: string, options: AtNode) => {
    const answer = await callNode(callerAt(options), `${batchPath(id)}/${name}`, {});
    if (options.json) return writeJson(answer);
    process.stdout.write(summaryText(fitted(BatchView, answer), paintFor(process.stdout)));
  });
