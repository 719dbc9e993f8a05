import { Command, Option } from 'commander';
import { z } from 'zod';
import { nearest } from '../../network/config/nearest.ts';
import { FAULT_ACTIONS, type Fault, FaultSchema } from '../../network/faults/fault.ts';
import { MESSAGE_KINDS } from '../../network/faults/message-kinds.ts';
import { usage } from '../output/cli-failure.ts';
import { type Paint, paintFor } from '../output/style.ts';
import { secondsOf } from './duration.ts';
import { group, type Operating, operating, writeJson, writeLine } from './group.ts';
import { askControl, type FindOperator, theOperator } from './operator.ts';

const ListReply = z.object({
  faults: z.array(z.object({ id: z.string(), applied: z.int(), fault: FaultSchema })),
});
const Added = z.object({ id: z.string() });

interface AddOptions extends Operating {
  readonly from?: string;
  readonly to?: string;
  readonly message?: string;
  readonly leg?: 'request' | 'reply';
  readonly action: Fault['action'];
  readonly delay?: string;
  readonly times?: string;
  readonly probability?: string;
}

/** `renkei fault`: what goes wrong between the parties. */
export function faultCommand(find: FindOperator = theOperator): Command {
  return group(
    'fault',
    '機関の間の通信に障害を起こす / have messages go wrong',
    [
      operating(new Command('list').description('障害の一覧 / the faults there are')).action(
        async (options: Operating) => {
          const { faults } = await askControl(find(options.running), '/v1/faults', ListReply);
          if (options.json) return writeJson({ faults });
          const paint = paintFor(process.stdout);
          if (faults.length === 0) writeLine('障害はありません / no faults');
          for (const each of faults) writeLine(faultLine(each, paint));
        },
      ),
      addCommand(find),
      operating(
        new Command('remove')
          .description('障害を取り除く。保留中の電文は届く / end one; what it holds goes on')
          .argument('<id>', 'f1'),
      ).action(async (id: string, options: Operating) => {
        await askControl(find(options.running), '/v1/faults/remove', z.object({}), { id });
        if (options.json) writeJson({ removed: id });
      }),
      operating(
        new Command('clear').description('すべての障害を取り除く / end all of them'),
      ).action(async (options: Operating) => {
        await askControl(find(options.running), '/v1/faults/clear', z.object({}), {});
        if (options.json) writeJson({ removed: 'all' });
      }),
    ],
    'list',
  );
}

const addCommand = (find: FindOperator): Command =>
  operating(
    new Command('add')
      .description('障害を加える / add one')
      .option('--from <party>', '送信者の機関コード、gateway、registry / sender')
      .option('--to <party>', '受信者 / receiver')
      .option('--message <name>', '電文の種類。例 provide-request / kind of message')
      .addOption(
        new Option('--leg <leg>', '要求か応答か / which leg').choices(['request', 'reply']),
      )
      .addOption(
        new Option('--action <action>', '何が起こるか / what happens')
          .choices(FAULT_ACTIONS)
          .makeOptionMandatory(),
      )
      .option('--delay <span>', '遅れ。例 90s / how long, for --action delay')
      .option('--times <n>', '起こる回数 / how often')
      .option('--probability <p>', '起こる確率 0〜1 / how likely')
      .addHelpText('after', `\n電文 messages: ${MESSAGE_KINDS.join(', ')}`),
  ).action(async (options: AddOptions) => {
    const fault = faultOf(options);
    const { id } = await askControl(find(options.running), '/v1/faults', Added, fault);
    if (options.json) writeJson({ id });
    else writeLine(id);
  });

/** @throws CliFailure usage */
function faultOf(options: AddOptions): Fault {
  const { from, to, message, leg, action, delay, times, probability } = options;
  if (message !== undefined && !MESSAGE_KINDS.includes(message)) {
    const meant = nearest(message, MESSAGE_KINDS);
    throw usage(
      `--message ${message} という電文はありません`,
      `there is no message ${message}`,
      meant === undefined
        ? { ja: MESSAGE_KINDS.join(', '), en: 'see renkei fault add --help' }
        : { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` },
    );
  }
  const read = FaultSchema.safeParse({
    ...{ from, to, message, leg, action },
    delaySeconds: delay === undefined ? undefined : secondsOf(delay, '--delay'),
    times: times === undefined ? undefined : Number(times),
    probability: probability === undefined ? undefined : Number(probability),
  });
  if (read.success) return read.data;
  const where = read.error.issues.map(({ path }) => OPTIONS[String(path[0])] ?? 'fault').join(', ');
  throw usage(`${where} の指定が正しくありません`, `${where} can’t be so`, {
    ja: '--delay は --action delay のときだけ必要です。refuse と duplicate は要求にだけ使えます',
    en: '--delay belongs to --action delay; refuse and duplicate are of requests',
  });
}

const OPTIONS: Readonly<Record<string, string>> = {
  from: '--from',
  to: '--to',
  leg: '--leg',
  delaySeconds: '--delay',
  times: '--times',
  probability: '--probability',
};

/** One fault for people. */
export function faultLine(
  { id, applied, fault }: z.infer<typeof ListReply>['faults'][number],
  paint: Paint,
): string {
  const { from = '*', to = '*', message = '*', leg, action, delaySeconds, times } = fault;
  return [
    id,
    paint('red', action + (delaySeconds === undefined ? '' : ` ${delaySeconds}s`)),
    `${from} → ${to}  ${message}${leg === undefined ? '' : ` (${leg})`}`,
    fault.probability === undefined ? '' : `p=${fault.probability}`,
    paint('dim', `適用 applied ${applied}${times === undefined ? '' : `/${times}`}`),
  ]
    .filter(Boolean)
    .join('  ');
}
