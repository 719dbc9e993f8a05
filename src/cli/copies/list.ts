import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { copies as api } from '../../protocol/node-api/copies.ts';
import { writeJson } from '../control/group.ts';
import { callNode } from '../node/call-node.ts';
import { paintFor } from '../output/style.ts';
import { type AtNode, atNode, callerAt, pathWith } from './at-node.ts';
import { nameOf, recordsText, versionsText } from './print.ts';

interface ListOptions extends AtNode {
  readonly person?: string;
  readonly information?: string;
  readonly after?: string;
  readonly limit: string;
}

/** `renkei copies list`: which versions are held, without content. */
export const listCommand = (): Command =>
  atNode(
    new Command('list')
      .description('副本の一覧 / which copies are held, without their content')
      .option('--person <number>', '統合宛名番号 / integrated address number')
      .option('--information <name|code>', '特定個人情報 / kind of information')
      .option('--after <next>', '続きから / from where the page before ended')
      .option('--limit <number>', '件数 / how many', '100'),
  ).action(async (options: ListOptions) => {
    const { person, information, after, limit } = options;
    const path = pathWith('/v1/copies', { person, information, after, limit });
    const answer = await callNode(callerAt(options), path);
    if (options.json) return writeJson(answer);
    const { copies, next } = fitted(api.list.responses[200], answer);
    process.stdout.write(versionsText(copies));
    if (next !== undefined) process.stdout.write(`続き more: --after ${next}\n`);
  });

interface ShowOptions extends AtNode {
  readonly information: string;
  readonly published?: string;
}

/** `renkei copies show`: one person’s copy with its content. */
export const showCommand = (): Command =>
  atNode(
    new Command('show')
      .description('副本を表示する / show a copy with its content; the look is recorded')
      .argument('<person>', '統合宛名番号 / integrated address number')
      .requiredOption('--information <name|code>', '特定個人情報 / kind of information')
      .option('--published <day>', '公開日 / which version; the one in force today unless told'),
  ).action(async (person: string, options: ShowOptions) => {
    const { information, published } = options;
    const place = `/v1/copies/${encodeURIComponent(person)}/${encodeURIComponent(information)}`;
    const answer = await callNode(callerAt(options), pathWith(place, { published }));
    if (options.json) return writeJson(answer);
    const { copy, versions } = fitted(api.show.responses[200], answer);
    const paint = paintFor(process.stdout);
    process.stdout.write(versionsText(versions));
    if (copy) {
      process.stdout.write(`${nameOf(copy.information)}\n${recordsText(copy.records, paint)}`);
    }
  });
