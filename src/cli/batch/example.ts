import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { manyLines } from '../../protocol/inquiry-file/many-rows.ts';
import { informationCode } from '../../protocol/permission/codes.ts';
import { askControl, theOperator } from '../control/operator.ts';
import { pathWith } from '../copies/at-node.ts';
import { usage } from '../output/cli-failure.ts';

const Known = z.object({ affair: z.string(), residents: z.array(z.string()) });
const INFORMATION = '予防接種法による予防接種の実施に関する情報';
const FEW = 10;
const MOST = 1_000_000;

interface ExampleOptions {
  readonly agency: string;
  readonly to: string;
  readonly item: string;
  readonly information: string;
  readonly rows?: string;
  readonly out?: string;
  readonly running?: string;
}

/** `renkei batch example`: an inquiry file about residents of the running network. */
export const exampleCommand = (): Command =>
  new Command('example')
    .description('起動中のネットワークの住民で照会依頼ファイルを作る / an inquiry file to try')
    .option('--agency <code>', '情報照会者 / inquirer', '32201')
    .option('--to <code>', '情報提供者 / provider', '11202')
    .option('--item <number>', '項 / item of the permission list', '25')
    .option('--information <name>', '特定個人情報 / kind of information', INFORMATION)
    .option('--rows <n>', `行数 / rows, ${FEW} unless told`)
    .option('--out <file>', 'ファイル。なければ標準出力 / file; standard output if left out')
    .option('--running <file>', '接続情報 / running.json of the network')
    .action(async (options: ExampleOptions) => {
      const { agency, to, item, information, rows = String(FEW), out, running } = options;
      if (!/^[1-9]\d{0,6}$/.test(rows) || Number(rows) > MOST) {
        throw usage('--rows は 1 から 1000000 まで', `--rows is 1 to ${MOST}`);
      }
      const path = pathWith('/v1/examples/residents', { inquirer: agency, provider: to, item });
      const { affair, residents } = await askControl(theOperator(running), path, Known);
      if (residents.length === 0) {
        throw usage('両方の機関が知る住民がいません', 'both agencies know nobody');
      }
      const row = {
        inquirer: agency,
        affair,
        provider: to,
        information: informationCode(information),
      };
      const lines = manyLines(row, residents, Number(rows));
      if (out === undefined) await toStandardOutput(lines);
      else await pipeline(lines, createWriteStream(out, { mode: 0o600 }));
    });

async function toStandardOutput(lines: Iterable<string>): Promise<void> {
  for (const line of lines) {
    if (!process.stdout.write(line)) await once(process.stdout, 'drain');
  }
}
