import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { LendingView, media } from '../../protocol/node-api/media.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt, pathWith } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { mustAgree } from '../node/must-agree.ts';
import { lendingsText } from './print.ts';

/** Where a lending, or a step of it, is. */
export const placeOf = (path: string, id: string): string =>
  path.replace('{id}', encodeURIComponent(id));

export function tellLending({ json }: AtNode, answer: unknown): void {
  if (json) writeJson(answer);
  else process.stdout.write(lendingsText([fitted(LendingView, answer)]));
}

interface LendingsOptions extends AtNode {
  readonly medium?: string;
  readonly state: string;
  readonly after?: string;
  readonly limit: string;
}

/** `renkei media lendings` */
export const lendingsCommand = (): Command =>
  atNode(
    new Command('lendings')
      .description('貸出しの一覧 / who asked for which medium, and what became of it')
      .option('--medium <number>', '管理番号 / of one medium')
      .option('--state <state>', 'open, requested, lent, rejected, reported, returned, all', 'open')
      .option('--after <id>', '続きから / from where the page before ended')
      .option('--limit <number>', '件数 / how many', '100'),
  ).action(async (options: LendingsOptions) => {
    const { medium, state, after, limit } = options;
    const path = pathWith(media.lendings.path, { medium, state, after, limit });
    const answer = await callNode(callerAt(options), path);
    if (options.json) return writeJson(answer);
    const { lendings, next } = fitted(media.lendings.responses[200], answer);
    process.stdout.write(lendingsText(lendings));
    if (next !== undefined) process.stdout.write(`続き more: --after ${next}\n`);
  });

interface BorrowOptions extends AtNode {
  readonly information: string;
  readonly purpose: string;
  readonly until: string;
}

/** `renkei media borrow` */
export const borrowCommand = (): Command =>
  atNode(
    new Command('borrow')
      .description('貸出しを申請する / ask for a medium; a supervisor approves')
      .argument('<number>', '管理番号 / control number')
      .requiredOption('--information <name|code>', '特定個人情報 / kind of information')
      .requiredOption('--purpose <text>', '目的 / what for')
      .requiredOption('--until <day>', '最終日 / last day'),
  ).action(async (medium: string, options: BorrowOptions) => {
    const { information, purpose, until } = options;
    const asked = { medium, information, purpose, until };
    tellLending(options, await callNode(callerAt(options), media.borrow.path, asked));
  });

/** `renkei media approve`: what was asked for is shown first. */
export const decideCommand = (): Command =>
  atNode(
    new Command('approve')
      .description('別の職員の申請を承認し、貸し出す / lend what somebody else asked for')
      .argument('<lending>', '貸出し / the lending')
      .option('--yes', '表示した内容でよい / what is shown is right: do not ask'),
    'jocho',
  ).action(async (id: string, options: AtNode & { readonly yes?: boolean }) => {
    const caller = callerAt(options);
    if (!options.yes) {
      tellLending(options, await callNode(caller, placeOf(media.lending.path, id)));
      await mustAgree('renkei media lendings');
    }
    tellLending(options, await callNode(caller, placeOf(media.approve.path, id), {}));
  });

/** `renkei media reject` */
export const rejectCommand = (): Command =>
  atNode(
    new Command('reject')
      .description('別の職員の申請を却下する / turn down what somebody else asked for')
      .argument('<lending>', '貸出し / the lending')
      .requiredOption('--reason <text>', '理由 / why'),
    'jocho',
  ).action(async (id: string, options: AtNode & { readonly reason: string }) => {
    const { reason } = options;
    const path = placeOf(media.reject.path, id);
    tellLending(options, await callNode(callerAt(options), path, { reason }));
  });
