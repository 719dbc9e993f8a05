import { Command } from 'commander';
import type { AnswerOf } from '../../client/call/operations.ts';
import { fitted } from '../../client/call/read-answer.ts';
import {
  type DifferenceView,
  ReconciliationView,
  reconciliations,
} from '../../protocol/node-api/reconciliations.ts';
import { writeJson } from '../control/group.ts';
import { type Caller, callNode } from '../node/call-node.ts';
import { upload } from '../node/upload.ts';
import { usage } from '../output/cli-failure.ts';
import { progressBar } from '../output/progress-bar.ts';
import { paintFor } from '../output/style.ts';
import { type AtNode, atNode, callerAt, pathWith } from './at-node.ts';
import { differencesText, historyText, summaryText } from './print-drift.ts';
import { valuesShown } from './values.ts';

interface ReconcileOptions extends AtNode {
  readonly information?: string;
  readonly layout?: string;
  readonly encoding: string;
  readonly limit: string;
  readonly values?: boolean;
}

const PATH = '/v1/copies/reconciliations';
/** Ends so when originals and copies differ. */
const DIFFERENT = 4;
const MEGABYTE = 1e6;
const PAGE = 1000;

/** `renkei copies reconcile`: originals against copies, or, without a file, what was found so far. */
export const reconcileCommand = (): Command =>
  atNode(
    new Command('reconcile')
      .description('原本と副本を照合する / compare originals with the copies')
      .argument(
        '[file]',
        '原本の CSV。なければこれまでの照合 / the originals; without: what was found',
      )
      .option('--information <name|code>', '特定個人情報 / kind of information')
      .option('--layout <version>', 'レイアウトの版 / layout version')
      .option('--encoding <name>', '文字コード utf-8, shift_jis', 'utf-8')
      .option('--limit <number>', '差異を何件まで示すか / how many differences to list', '100')
      .option(
        '--values',
        '値も示す（端末に限る。閲覧は記録される） / with values, to a terminal only',
      )
      .addHelpText(
        'after',
        '\n終了コード: 0 一致、4 差異あり。 Exit code: 0 all alike, 4 there are differences.',
      ),
  ).action(async (file: string | undefined, options: ReconcileOptions) => {
    const limit = limitOf(options.limit);
    if (options.values && !process.stdout.isTTY) {
      throw usage('値は端末にのみ示します', 'values are shown to a terminal only');
    }
    const caller = callerAt(options);
    if (file === undefined) return await showHistory(caller, options, limit);
    const summary = await send(caller, file, options);
    const list = await differencesOf(caller, summary.id, limit);
    if (options.json) writeJson({ ...summary, list });
    else {
      const paint = paintFor(process.stdout);
      const { encoding } = options;
      const shown =
        options.values && (await valuesShown(caller, summary, list, { file, encoding }));
      process.stdout.write(summaryText(summary, paint));
      process.stdout.write(differencesText(summary, list, shown || new Map(), paint));
    }
    if (summary.differences > 0) process.exitCode = DIFFERENT;
  });

function limitOf(told: string): number {
  if (/^[0-9]{1,6}$/.test(told)) return Number(told);
  throw usage('--limit は件数です', '--limit is a number of differences');
}

async function showHistory(caller: Caller, options: ReconcileOptions, limit: number) {
  const { information, json } = options;
  const most = String(Math.min(Math.max(limit, 1), PAGE));
  const answer = await callNode(caller, pathWith(PATH, { information, limit: most }));
  if (json) return writeJson(answer);
  process.stdout.write(
    historyText(fitted(reconciliations.list.responses[200], answer).reconciliations),
  );
}

async function send(caller: Caller, file: string, options: ReconcileOptions) {
  const { information, layout, encoding } = options;
  if (information === undefined) {
    throw usage('--information が必要です', '--information is needed');
  }
  const bar = progressBar(process.stderr, { unit: 'MB', scale: MEGABYTE });
  const answer = await upload(caller, pathWith(PATH, { information, layout }), {
    path: file,
    type: `text/csv;charset=${encoding}`,
    progress: (sent, size) => bar.update(sent, size),
  }).finally(() => bar.end());
  return fitted(ReconciliationView, answer);
}

async function differencesOf(caller: Caller, id: string, limit: number): Promise<DifferenceView[]> {
  const found: DifferenceView[] = [];
  let after: number | undefined = -1;
  while (after !== undefined && found.length < limit) {
    const some = String(Math.min(PAGE, limit - found.length));
    const path = pathWith(`${PATH}/${id}/differences`, { after: String(after), limit: some });
    const page: AnswerOf<typeof reconciliations.differences> = fitted(
      reconciliations.differences.responses[200],
      await callNode(caller, path),
    );
    found.push(...page.differences);
    after = page.next;
  }
  return found;
}
