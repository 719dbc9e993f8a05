import { Command } from 'commander';
import { media } from '../../protocol/node-api/media.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { download } from '../node/download.ts';
import { harmless } from '../output/style.ts';
import { placeOf } from './lending.ts';
import { writeWhole } from './write-whole.ts';

interface WriteOptions extends AtNode {
  readonly lending: string;
  readonly recipient: readonly string[];
  readonly out: string;
  readonly layout?: string;
  readonly encoding: string;
  readonly format: string;
  readonly all?: boolean;
}

/** `renkei media write`: the copies that a medium was lent for, as a file that only the recipients can open. */
export const writeCommand = (): Command =>
  atNode(
    new Command('write')
      .description('借りた媒体に副本を暗号化して書き出す / write copies to a medium, encrypted')
      .requiredOption('--lending <id>', '貸出し / the lending')
      .requiredOption(
        '--recipient <key...>',
        '読める人の公開鍵 age1… / public keys of those who can open it',
      )
      .requiredOption('--out <file>', '媒体の上のファイル / file on the medium; none must be there')
      .option('--layout <version>', 'レイアウトの版 / layout version')
      .option('--format <name>', 'csv, jsonl', 'csv')
      .option('--encoding <name>', '文字コード utf-8, shift_jis', 'utf-8')
      .option('--all', '現行のほか全ての版 / every version, not only what is in force today'),
  ).action(async (options: WriteOptions) => {
    const { lending, recipient, out, layout, format, encoding, all, json } = options;
    const order = { recipients: recipient, layout, format, encoding };
    const pieces = download(callerAt(options), placeOf(media.write.path, lending), {
      ...order,
      ...(all && { versions: 'all' }),
    });
    const bytes = await writeWhole(out, pieces);
    if (json) writeJson({ file: out, bytes });
    else writeLine(`${harmless(out)}: ${bytes} バイト、暗号化済み bytes, encrypted`);
  });
