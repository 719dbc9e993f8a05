import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { ImportReport } from '../../protocol/node-api/imports.ts';
import { writeJson } from '../control/group.ts';
import type { Caller } from '../node/call-node.ts';
import { postPieces, type Upload, upload } from '../node/upload.ts';
import { progressBar } from '../output/progress-bar.ts';
import { paintFor } from '../output/style.ts';
import { type OpenedFile, openAgeFile } from './age-file.ts';
import { type AtNode, atNode, callerAt, pathWith } from './at-node.ts';
import { reportText } from './import-report.ts';

interface ImportOptions extends AtNode {
  readonly information: string;
  readonly layout?: string;
  readonly encoding: string;
  readonly published?: string;
  readonly partial?: boolean;
  readonly delete?: boolean;
  readonly identity?: string;
}

/** Ends so when the file has mistakes, whether anything of it was taken or not. */
const MISTAKES = 4;
const MEGABYTE = 1e6;
const CHECKING = '検査 checking';
/** All is sent; the answer comes when all is in effect. */
const APPLYING = '反映 applying …';

/** `renkei copies import`: a file of copies to the node, with its report. */
export const importCommand = (): Command =>
  atNode(
    new Command('import')
      .description('副本を CSV から取り込む / import a file of copies')
      .argument('<file>', 'CSV。一行目は見出し / CSV with a header')
      .requiredOption('--information <name|code>', '特定個人情報 / kind of information')
      .option('--layout <version>', 'レイアウトの版（削除のときは不要） / layout version')
      .option('--encoding <name>', '文字コード utf-8, shift_jis', 'utf-8')
      .option('--published <day>', '公開日の列がない副本の公開日 / first day on which they count')
      .option(
        '--partial',
        '誤りのない人の分だけ取り込む / take the persons whose rows are all right',
      )
      .option(
        '--delete',
        'ファイルにある人の副本を削除する / delete the copies of the persons in it',
      )
      .option(
        '--identity <file>',
        '暗号化されたファイル（renkei media write）を開く秘密鍵 / secret key that opens an encrypted file',
      )
      .addHelpText(
        'after',
        '\n終了コード: 0 取込み済み、4 ファイルに誤り。 Exit code: 0 imported, 4 the file has mistakes.',
      ),
  ).action(async (file: string, options: ImportOptions) => {
    const { information, layout, encoding, published, json } = options;
    const path = pathWith('/v1/copies/imports', {
      ...{ information, layout, published },
      ...(options.partial && { partial: 'true' }),
      ...(options.delete && { delete: 'true' }),
    });
    const bar = progressBar(process.stderr, { unit: 'MB', scale: MEGABYTE });
    const type = `text/csv;charset=${encoding}`;
    const progress = (sent: number, size: number) =>
      bar.update(sent, size, sent < size ? CHECKING : APPLYING);
    const caller = callerAt(options);
    const answer = await (options.identity === undefined
      ? upload(caller, path, { path: file, type, progress })
      : sendOpened(caller, path, await openAgeFile(file, options.identity), { type, progress })
    ).finally(() => bar.end());
    const report = fitted(ImportReport, answer);
    if (json) writeJson(answer);
    else process.stdout.write(reportText(report, paintFor(process.stdout)));
    if (report.mistakes > 0) process.exitCode = MISTAKES;
  });

/** Opens it on the way: the plain text is nowhere but on its way to the node, which takes all of it or nothing. */
function sendOpened(
  caller: Caller,
  path: string,
  { size, pieces }: OpenedFile,
  { type, progress }: Pick<Upload, 'type' | 'progress'>,
): Promise<unknown> {
  const told = async function* () {
    let sent = 0;
    for await (const piece of pieces) {
      yield piece;
      sent += piece.length;
      progress?.(sent, size);
    }
  };
  return postPieces(caller, path, { type, size, pieces: told() });
}
