import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { MEDIUM_KINDS, MediumView, media } from '../../protocol/node-api/media.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt, pathWith } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { mediaText } from './print.ts';

interface ListOptions extends AtNode {
  readonly retired?: boolean;
  readonly after?: string;
  readonly limit: string;
}

/** `renkei media list` */
export const listCommand = (): Command =>
  atNode(
    new Command('list')
      .description('管理簿の一覧 / the ledger: where each is, and who has it until when')
      .option('--retired', '廃棄したもの / those that are in use no longer')
      .option('--after <number>', '続きから / from where the page before ended')
      .option('--limit <number>', '件数 / how many', '100'),
  ).action(async (options: ListOptions) => {
    const { retired, after, limit } = options;
    const query = { ...(retired && { retired: 'true' }), after, limit };
    const answer = await callNode(callerAt(options), pathWith(media.list.path, query));
    if (options.json) return writeJson(answer);
    const listed = fitted(media.list.responses[200], answer);
    process.stdout.write(mediaText(listed.media));
    if (listed.next !== undefined) process.stdout.write(`続き more: --after ${listed.next}\n`);
  });

interface AddOptions extends AtNode {
  readonly kind: string;
  readonly serial?: string;
}

/** `renkei media add` */
export const addCommand = (): Command =>
  atNode(
    new Command('add')
      .description('媒体を管理簿に登録する / enter a medium into the ledger')
      .argument('<number>', '管理番号 / control number, as on its label')
      .option('--kind <kind>', `種類 / ${MEDIUM_KINDS.join(', ')}`, 'usb_memory')
      .option('--serial <number>', '製造番号 / serial number'),
    'kanri',
  ).action(async (medium: string, options: AddOptions) => {
    const { kind, serial } = options;
    tell(options, await callNode(callerAt(options), media.register.path, { medium, kind, serial }));
  });

/** `renkei media retire` */
export const retireCommand = (): Command =>
  atNode(
    new Command('retire')
      .description('媒体を廃棄する / take a medium out of use for good')
      .argument('<number>', '管理番号 / control number')
      .requiredOption('--reason <text>', '理由 / why'),
    'kanri',
  ).action(async (medium: string, options: AtNode & { readonly reason: string }) => {
    const path = media.retire.path.replace('{medium}', encodeURIComponent(medium));
    tell(options, await callNode(callerAt(options), path, { reason: options.reason }));
  });

function tell({ json }: AtNode, answer: unknown): void {
  if (json) writeJson(answer);
  else process.stdout.write(mediaText([fitted(MediumView, answer)]));
}
