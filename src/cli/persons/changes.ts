import { Command, Option } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { ChangeView, changes } from '../../protocol/persons-api/changes.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { callNode } from '../node/call-node.ts';
import { usage } from '../output/cli-failure.ts';
import { type AtPersons, atPersons, type ForAffair, personsCaller } from './at-persons.ts';
import { telling, toldIn } from './look-up.ts';
import { changesText } from './print.ts';
import { ownNumberIn } from './registering.ts';

const several = (value: string, before: readonly string[] = []) => [...before, value];
const side = (flags: string, words: string) => new Option(flags, words).choices(['stays', 'goes']);

function tell(answer: unknown, json: boolean | undefined): void {
  if (json) writeJson(answer);
  else {
    process.stdout.write(changesText([fitted(ChangeView, answer)]));
    const { id, state } = fitted(ChangeView, answer);
    if (state === 'proposed') {
      writeLine(`別の上長が承認します / another person approves: renkei persons approve ${id}`);
    }
  }
}

interface MergeOptions extends AtPersons {
  readonly numberOf?: string;
  readonly basicsOf?: string;
  readonly copies?: readonly string[];
}

/** `KIND=stays`. @throws CliFailure usage */
function choiceIn(text: string): { information: string; of: string } {
  const [, information, of] = /^(.+)=(stays|goes)$/u.exec(text) ?? [];
  if (information !== undefined && of !== undefined) return { information, of };
  throw usage(
    '特定個人情報の名称かコード、=、stays か goes を書いてください',
    'a kind of information, =, and stays or goes',
  );
}

/** `renkei persons merge`: proposes that two registrations are one person. */
export const mergeCommand = (): Command =>
  atPersons(
    new Command('merge')
      .description('二重登録の統合を提案する / propose that two registrations are one person')
      .argument('<stays>', '残る統合宛名番号 / the number that stays')
      .argument('<goes>', '統合される番号 / the number that becomes part of it')
      .addOption(
        side(
          '--number-of <which>',
          'どちらの個人番号が正しいか / whose individual number is right',
        ),
      )
      .addOption(
        side('--basics-of <which>', 'どちらの基本情報を残すか / whose basic items are kept'),
      )
      .option(
        '--copies <kind=which>',
        '両方に異なる副本がある種類で、残すもの（複数可） / whose copies of a kind are kept',
        several,
      ),
  ).action(async (stays: string, goes: string, options: MergeOptions) => {
    const { numberOf, basicsOf, copies = [] } = options;
    const body = {
      ...{ stays, goes, copies: copies.map(choiceIn) },
      ...(numberOf !== undefined && { numberOf }),
      ...(basicsOf !== undefined && { basicsOf }),
    };
    tell(await callNode(personsCaller(options), '/v1/changes/merge', body), options.json);
  });

interface SplitOptions extends ForAffair {
  readonly numberOf: string;
  readonly to?: string;
  readonly addressNumber?: readonly string[];
  readonly copies?: readonly string[];
}

/** `renkei persons split`: proposes that one registration is two persons. */
export const splitCommand = (): Command =>
  telling(
    atPersons(
      new Command('split')
        .description(
          '一つの登録を二人に分ける提案をする / propose that one registration is two persons',
        )
        .argument('<from>', '分けられる統合宛名番号 / the number that is split')
        .addOption(
          new Option(
            '--number-of <which>',
            '個人番号はどちらのものか / whose individual number it is',
          )
            .choices(['from', 'to'])
            .default('from'),
        )
        .option('--to <number>', '統合されていた番号に戻す / a number that had been merged into it')
        .option(
          '--address-number <system:number>',
          '移す宛名番号（複数可） / numbers that go',
          several,
        )
        .option('--copies <kind>', '移す副本の種類（複数可） / kinds of copies that go', several),
    ),
  ).action(async (from: string, options: SplitOptions) => {
    const { numberOf, to, addressNumber = [], copies = [] } = options;
    const body = {
      ...{ from, numberOf, basics: toldIn(options), copies },
      ...(to !== undefined && { to }),
      addressNumbers: addressNumber.map(ownNumberIn),
    };
    tell(await callNode(personsCaller(options), '/v1/changes/split', body), options.json);
  });

/** `renkei persons changes`: what is proposed, or came of it. */
export const changesCommand = (): Command =>
  atPersons(
    new Command('changes')
      .description('統合・分離の一覧 / merges and splits')
      .addOption(
        new Option('--state <state>', '状態 / state').choices([
          ...['proposed', 'approved', 'done', 'declined', 'returned'],
        ]),
      ),
  ).action(async (options: AtPersons & { readonly state?: string }) => {
    const query = options.state === undefined ? '' : `?state=${options.state}`;
    const answer = await callNode(personsCaller(options), `/v1/changes${query}`);
    if (options.json) writeJson(answer);
    else process.stdout.write(changesText(fitted(changes.list.responses[200], answer).changes));
  });

const step = (name: 'approve' | 'decline', ja: string, en: string): Command =>
  atPersons(new Command(name).description(`${ja} / ${en}`).argument('<id>'), 'jocho').action(
    async (id: string, options: AtPersons) => {
      const path = `/v1/changes/${encodeURIComponent(id)}/${name}`;
      tell(await callNode(personsCaller(options), path, {}), options.json);
    },
  );

/** `renkei persons approve|decline` */
export const decideCommands = (): Command[] => [
  step(
    'approve',
    '統合・分離を承認する。提案者とは別の上長 / another person than proposed it',
    'approve',
  ),
  step('decline', '統合・分離を却下する', 'decline'),
];
