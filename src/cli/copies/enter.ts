import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { copies } from '../../protocol/node-api/copies.ts';
import { DraftView } from '../../protocol/node-api/drafts.ts';
import { writeJson } from '../control/group.ts';
import { type Caller, callNode } from '../node/call-node.ts';
import { calledAs } from '../output/invocation.ts';
import { shellWord } from '../output/style.ts';
import { type AtNode, atNode, callerAt, pathWith } from './at-node.ts';
import { type EntryOptions, entryOf } from './entry.ts';
import { draftLine } from './print.ts';
import { withFindings } from './with-findings.ts';

type Options = AtNode & EntryOptions & { readonly information: string; readonly id?: string };

const several = (value: string, before: readonly string[]) => [...before, value];

/** `renkei copies enter`: a copy registered, corrected, ended or deleted by hand, for others to check and approve. */
export const enterCommand = (): Command =>
  atNode(
    new Command('enter')
      .description('副本を手作業で入力する / enter a copy by hand; others check and approve it')
      .argument('<person>', '統合宛名番号 / integrated address number')
      .requiredOption('--information <name|code>', '特定個人情報 / kind of information')
      .option('--records <file>', '行（JSON の配列、- は標準入力） / its rows, a JSON array')
      .option(
        '--set <row:item=value>',
        '現行の版の項目を訂正する。:= は数値 / correct an item of the version in force; := for a number',
        several,
        [],
      )
      .option('--layout <version>', 'レイアウトの版 / layout version')
      .option(
        '--published <day>',
        '公開日 / first day of the version; the one in force unless told',
      )
      .option('--ended <day>', '終了日 / first day on which it counts no longer')
      .option('--auto-response-disabled <yes|no>', '自動応答不可 / waits for review')
      .option('--non-disclosable <yes|no>', '不開示 / restricted')
      .option('--end <day|none>', '版を終了させる / end a version, or take its end back')
      .option('--delete', '版を削除する / delete a version')
      .option('--id <id>', '起票の id / id of the draft, so that doing it again does it once'),
  ).action(async (person: string, options: Options) => {
    const caller = callerAt(options);
    const { information, id } = options;
    const subject = { integratedAddressNumber: person, information };
    const entry = await entryOf(options, () => rowsHeld(caller, person, options));
    const body = { ...(id !== undefined && { id }), ...subject, ...entry };
    const answer = await callNode(caller, '/v1/copies/drafts', body).catch(withFindings);
    if (options.json) return writeJson(answer);
    const draft = fitted(DraftView, answer);
    const check = ['copies', 'check', draft.id, '--agency', shellWord(options.agency)].join(' ');
    process.stdout.write(
      `${draftLine(draft)}別の職員が確認してください / somebody else checks it:\n  ${calledAs()} ${check} --as tanto2\n`,
    );
  });

async function rowsHeld(caller: Caller, person: string, { information, published }: Options) {
  const place = `/v1/copies/${encodeURIComponent(person)}/${encodeURIComponent(information)}`;
  const { copy } = fitted(
    copies.show.responses[200],
    await callNode(caller, pathWith(place, { published })),
  );
  if (!copy) throw new RenkeiError('not_found');
  return copy.records;
}
