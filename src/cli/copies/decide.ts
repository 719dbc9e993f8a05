import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { DraftView, drafts as draftsApi, ShownDraftView } from '../../protocol/node-api/drafts.ts';
import { writeJson } from '../control/group.ts';
import { callNode } from '../node/call-node.ts';
import { mustAgree } from '../node/must-agree.ts';
import { paintFor } from '../output/style.ts';
import { type AtNode, atNode, callerAt, pathWith } from './at-node.ts';
import { draftLine, draftsText, shownText } from './print.ts';

const placeOf = (id: string): string => `/v1/copies/drafts/${encodeURIComponent(id)}`;

interface DraftsOptions extends AtNode {
  readonly state: string;
  readonly after?: string;
  readonly limit: string;
}

/** `renkei copies drafts`: what waits, or one draft with its content and what it changes. */
export const draftsCommand = (): Command =>
  atNode(
    new Command('drafts')
      .description(
        '起票の一覧、または一件の内容と差分 / drafts, or one with content and difference',
      )
      .argument('[id]', '起票 / a draft')
      .option('--state <state>', 'open, entered, checked, approved, rejected', 'open')
      .option('--after <id>', '続きから / from where the page before ended')
      .option('--limit <number>', '件数 / how many', '100'),
  ).action(async (id: string | undefined, options: DraftsOptions) => {
    const { state, after, limit } = options;
    const path =
      id === undefined ? pathWith('/v1/copies/drafts', { state, after, limit }) : placeOf(id);
    const answer = await callNode(callerAt(options), path);
    if (options.json) return writeJson(answer);
    if (id !== undefined) {
      process.stdout.write(shownText(fitted(ShownDraftView, answer), paintFor(process.stdout)));
      return;
    }
    const { drafts, next } = fitted(draftsApi.list.responses[200], answer);
    process.stdout.write(draftsText(drafts));
    if (next !== undefined) process.stdout.write(`続き more: --after ${next}\n`);
  });

/** `renkei copies check`, `renkei copies approve`: the draft is shown, and what was shown is what counts. */
export const decideCommand = (name: 'check' | 'approve'): Command =>
  atNode(
    new Command(name)
      .description(
        name === 'check'
          ? '別の職員が確認する / check what somebody else entered'
          : '三人目が承認し、効力を生じさせる / approve as a third person: it takes effect',
      )
      .argument('<id>', '起票 / the draft')
      .option('--yes', '表示した内容でよい / what is shown is right: do not ask'),
    name === 'check' ? 'tanto2' : 'jocho',
  ).action(async (id: string, options: AtNode & { readonly yes?: boolean }) => {
    const caller = callerAt(options);
    const shown = fitted(ShownDraftView, await callNode(caller, placeOf(id)));
    if (!options.json) process.stdout.write(shownText(shown, paintFor(process.stdout)));
    if (!options.yes) await mustAgree('renkei copies drafts ID');
    const answer = await callNode(caller, `${placeOf(id)}/${name}`, { digest: shown.digest });
    if (options.json) return writeJson(answer);
    process.stdout.write(draftLine(fitted(DraftView, answer)));
  });

/** `renkei copies reject` */
export const rejectCommand = (): Command =>
  atNode(
    new Command('reject')
      .description('却下する、または取り下げる / turn a draft down, or take it back')
      .argument('<id>', '起票 / the draft')
      .requiredOption('--reason <text>', '理由 / why'),
    'jocho',
  ).action(async (id: string, options: AtNode & { readonly reason: string }) => {
    const { reason } = options;
    const answer = await callNode(callerAt(options), `${placeOf(id)}/reject`, { reason });
    if (options.json) return writeJson(answer);
    process.stdout.write(draftLine(fitted(DraftView, answer)));
  });
