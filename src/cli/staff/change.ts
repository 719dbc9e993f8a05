import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { IssuedView } from '../../protocol/node-api/staff.ts';
import { affairCode } from '../../protocol/permission/codes.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { paintFor } from '../output/style.ts';
import { placeOf } from './list.ts';
import { networkDays } from './now.ts';
import { issuedText } from './print.ts';

interface EntryOptions extends AtNode {
  readonly department?: string;
  readonly role?: readonly string[];
  readonly affair?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly person?: readonly string[];
}

const several = (value: string, before: readonly string[] = []) => [...before, value];

/** Codes, or names of affairs as the permission list has them; `all` for all. */
export const affairsIn = (told: readonly string[]): 'all' | string[] =>
  told.includes('all')
    ? 'all'
    : told.map((each) => (/^JM\d{14}$/.test(each) ? each : affairCode(each)));

const entering = (command: Command): Command =>
  command
    .option('--department <code>', '部署 / department')
    .option(
      '--role <role>',
      '役割 officer、supervisor、administrator、auditor（複数可） / role, more than once',
      several,
    )
    .option('--affair <code|name|all>', '担当する事務（複数可） / affairs, more than once', several)
    .option('--from <day>', '有効期間の最初の日 / first day, YYYY-MM-DD')
    .option('--until <day>', '有効期間の最後の日 / last day')
    .option('--person <name>', '共用の ID を使う人（複数可） / a shared id: who uses it', several);

const entryOf = ({ department, role, affair, from, until, person }: EntryOptions) => ({
  ...(department !== undefined && { department }),
  ...(role !== undefined && { roles: role }),
  ...(affair !== undefined && { affairs: affairsIn(affair) }),
  ...(from !== undefined && { validFrom: from }),
  ...(until !== undefined && { validUntil: until }),
  ...(person !== undefined && { persons: person }),
});

/** Tells what came of it, secrets that are told this once included. */
function tell(answer: unknown, json: boolean | undefined): void {
  if (json) writeJson(answer);
  else process.stdout.write(issuedText(fitted(IssuedView, answer), paintFor(process.stdout)));
}

/** `renkei staff add`: a user, with a password to be changed and one-time codes. */
export const addCommand = (): Command =>
  entering(
    atNode(
      new Command('add')
        .description(
          '利用者を登録する。既定は総務課の担当、年度末まで / make a user: an officer until the fiscal year ends',
        )
        .argument('<user>'),
      'kanri',
    ),
  ).action(async (user: string, options: EntryOptions) => {
    const caller = callerAt(options);
    const { today, endOfYear } = await networkDays(caller.found);
    const usual = { department: 'soumu', role: ['officer'], affair: ['all'] };
    const entry = entryOf({ ...usual, from: today, until: endOfYear, ...options });
    tell(await callNode(caller, '/v1/staff', { user, ...entry }), options.json);
  });

/** `renkei staff change`: what somebody may do; their sessions end at once. */
export const changeCommand = (): Command =>
  entering(
    atNode(
      new Command('change')
        .description(
          '権限を変える。セッションは直ちに終わる / change authority; sessions end at once',
        )
        .argument('<user>'),
      'kanri',
    ),
  ).action(async (user: string, options: EntryOptions) => {
    tell(await callNode(callerAt(options), placeOf(user), entryOf(options)), options.json);
  });

const step = (name: string, path: string, ja: string, en: string): Command =>
  atNode(new Command(name).description(`${ja} / ${en}`).argument('<user>'), 'kanri').action(
    async (user: string, options: AtNode) => {
      tell(await callNode(callerAt(options), `${placeOf(user)}${path}`, {}), options.json);
    },
  );

/** `renkei staff disable|enable|unlock` */
export const withdrawCommands = (): Command[] => [
  step('disable', '/disable', '直ちに使えなくする', 'withdraw somebody’s authority at once'),
  step('enable', '/enable', '再び使えるようにする', 'give it back'),
  step(
    'unlock',
    '/unlock',
    '失敗による一時停止を解く',
    'let somebody try again who was locked out',
  ),
];

/** `renkei staff reset`: a password, or secrets for one-time codes, in place of lost ones. */
export const resetCommand = (): Command =>
  atNode(
    new Command('reset')
      .description('初期パスワードを渡す、または鍵を作り直す / give out a password or secret anew')
      .argument('<user>')
      .option('--otp', 'ワンタイムコードの鍵 / the secret for one-time codes, not the password')
      .option('--person <name>', '共用の ID の一人 / of one person at a shared id'),
    'kanri',
  ).action(
    async (
      user: string,
      options: AtNode & { readonly otp?: boolean; readonly person?: string },
    ) => {
      const { otp, person, json } = options;
      const place = `${placeOf(user)}/${otp ? 'one-time-codes' : 'password'}`;
      const body = otp && person !== undefined ? { person } : {};
      tell(await callNode(callerAt(options), place, body), json);
    },
  );
