import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { inquiries as api, InquiryView } from '../../protocol/node-api/inquiries.ts';
import { group, writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt, pathWith } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { mustAgree } from '../node/must-agree.ts';
import { paintFor } from '../output/style.ts';
import { askCommand } from './ask.ts';
import { inquiryLine, inquiryText, listText } from './print.ts';

const placeOf = (id: string): string => `/v1/inquiries/${encodeURIComponent(id)}`;
const idOf = (command: Command): Command => command.argument('<id>', '照会番号 / the inquiry');

/** `renkei inquiries`: by business systems and at terminals. */
export const inquiriesCommand = (): Command =>
  group('inquiries', '照会を行い、承認し、結果を見る / make, approve and look at inquiries', [
    listCommand(),
    showCommand(),
    askCommand(),
    approveCommand(),
    declineCommand(),
    step(
      'taken-over',
      '結果を業務システムに手作業で登録した / its result was registered by hand',
      'tanto',
    ),
    step(
      'confirm',
      '別の職員が、登録が結果と合うことを確認する / another one confirms that',
      'tanto2',
    ),
  ]);

interface ListOptions extends AtNode {
  readonly state?: string;
  readonly by?: string;
  readonly person?: string;
  readonly provider?: string;
  readonly since?: string;
  readonly unconfirmed?: true;
  readonly after?: string;
  readonly limit?: string;
}

const listCommand = (): Command =>
  atNode(
    new Command('list')
      .description('新しい順の一覧。結果は含まない / newest first, without results')
      .option('--state <states>', '状態。カンマ区切り / states, with commas')
      .option('--by <user>', '照会者 / who made it')
      .option('--person <number>', '統合宛名番号 / integrated address number')
      .option('--provider <code>', '情報提供者 / provider')
      .option('--since <day|instant>', 'この時から / made since')
      .option('--unconfirmed', '手作業の登録が未確認のもの / taken over by hand, not confirmed')
      .option('--after <place>', '前のページの next / `next` of the page before')
      .option('--limit <n>', '件数 / how many'),
    'gyomu',
  ).action(async (options: ListOptions) => {
    const { state, by, person, provider, since, after, limit } = options;
    const unconfirmed = options.unconfirmed ? 'true' : undefined;
    const query = { state, by, person, provider, since, unconfirmed, after, limit };
    const answer = await callNode(callerAt(options), pathWith('/v1/inquiries', query));
    if (options.json) return writeJson(answer);
    const { inquiries, next } = fitted(api.list.responses[200], answer);
    process.stdout.write(listText(inquiries));
    if (next !== undefined) process.stdout.write(`続き more: --after ${next}\n`);
  });

const showCommand = (): Command =>
  idOf(
    atNode(
      new Command('show').description(
        '照会と結果を見る。職員が見たことは記録される / with its result',
      ),
      'gyomu',
    ),
  ).action(async (id: string, options: AtNode) => {
    const answer = await callNode(callerAt(options), placeOf(id));
    if (options.json) return writeJson(answer);
    process.stdout.write(inquiryText(fitted(InquiryView, answer), paintFor(process.stdout)));
  });

/** What will be asked is shown, and that is what is approved. */
const approveCommand = (): Command =>
  idOf(
    atNode(
      new Command('approve')
        .description('端末での照会を承認し、送る / approve one made at a terminal: it is sent')
        .option('--yes', '表示した内容でよい / what is shown is right: do not ask')
        .option(
          '--digest <digest>',
          '`show --json` の digest。それと違えば行わない / its `digest`',
        ),
      'jocho',
    ),
  ).action(
    async (id: string, options: AtNode & { readonly yes?: boolean; readonly digest?: string }) => {
      const caller = callerAt(options);
      let { digest } = options;
      if (digest === undefined) {
        const shown = fitted(InquiryView, await callNode(caller, placeOf(id)));
        if (!options.json) process.stdout.write(inquiryText(shown, paintFor(process.stdout)));
        if (!options.yes) await mustAgree('renkei inquiries show ID --as jocho');
        // One that waits for nobody has none: the node says so.
        digest = shown.digest ?? 'A'.repeat(43);
      }
      tellOf(options, await callNode(caller, `${placeOf(id)}/approve`, { digest }));
    },
  );

const declineCommand = (): Command =>
  idOf(
    atNode(
      new Command('decline')
        .description('端末での照会を却下する。送られない / decline one: it is never sent')
        .requiredOption('--reason <words>', '理由。照会した職員が見る / why; who asked sees it'),
      'jocho',
    ),
  ).action(async (id: string, options: AtNode & { readonly reason: string }) => {
    const { reason } = options;
    tellOf(options, await callNode(callerAt(options), `${placeOf(id)}/decline`, { reason }));
  });

const step = (name: 'taken-over' | 'confirm', about: string, as: string): Command =>
  idOf(atNode(new Command(name).description(about), as)).action(
    async (id: string, options: AtNode) => {
      tellOf(options, await callNode(callerAt(options), `${placeOf(id)}/${name}`, {}));
    },
  );

function tellOf({ json }: AtNode, answer: unknown): void {
  if (json) writeJson(answer);
  else process.stdout.write(inquiryLine(fitted(InquiryView, answer)));
}
