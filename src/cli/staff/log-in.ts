import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { sessions } from '../../protocol/node-api/sessions.ts';
import { oneTimeCodes } from '../../service/one-time-codes.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { agencyAt, callNode } from '../node/call-node.ts';
import { calledAs } from '../output/invocation.ts';
import { networkNow } from './now.ts';
import { timeOf } from './print.ts';
import { askSecret, linesOfInput } from './secrets.ts';

interface Options {
  readonly agency: string;
  readonly person?: string;
  readonly passwordStdin?: boolean;
  readonly code?: string;
  readonly running?: string;
  readonly json?: boolean;
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/**
 * `renkei staff log-in`: a session by password and one-time code; what a ready user needs is at hand. Standard
 * output has the token alone, for `export RENKEI_SESSION=$(…)`.
 */
export const logInCommand = (): Command =>
  new Command('log-in')
    .description(
      'ログインし、トークンを出す / log in; writes the token for RENKEI_SESSION or --session',
    )
    .argument('<user>')
    .requiredOption('--agency <code|name>', '機関 / whose node')
    .option('--person <name>', '共用の ID を使う人 / who it is, at a shared id')
    .option(
      '--password-stdin',
      'パスワードを標準入力から読む / read the password from standard input',
    )
    .option('--code <digits>', 'ワンタイムコード / one-time code')
    .option('--running <file>', '接続情報 / running.json of the network')
    .option('--json', 'JSON で出す / as JSON')
    .action(async (user: string, options: Options) => {
      const at = agencyAt(options.agency, options.running);
      const secrets = at.agency.staffSecrets[user];
      const password = options.passwordStdin
        ? ((await linesOfInput())[0] ?? '')
        : (secrets?.password ?? (await askSecret('パスワード password: ', '--password-stdin')));
      const code =
        options.code ??
        (secrets
          ? oneTimeCodes.codeAt(
              oneTimeCodes.fromBase32(secrets.oneTimeCodes),
              await networkNow(at.found),
            )
          : await askSecret('ワンタイムコード one-time code: ', '--code'));
      const { person } = options;
      const body = { user, password, code, ...(person !== undefined && { person }) };
      const answer = await callNode({ ...at, token: '' }, '/v1/sessions', body);
      if (options.json) return writeJson(answer);
      const session = fitted(sessions.logIn.responses[201], answer);
      writeLine(session.token);
      say(
        `ログインしました / logged in: ${user}、操作がないと ${session.idleMinutes} 分で、遅くとも ${timeOf(session.endsAt)} に終わります`,
      );
      if (session.passwordDue) {
        say(`パスワードの変更が必要です / change the password first: ${calledAs()} staff password`);
      }
    });

/** `renkei staff log-out` */
export const logOutCommand = (): Command =>
  atNode(new Command('log-out').description('ログアウトする / end a session'), '').action(
    async (options: AtNode) => {
      await callNode(callerAt(options), '/v1/sessions/end', {});
      if (options.json) writeJson({ ended: true });
      else writeLine('ログアウトしました / logged out');
    },
  );

/** `renkei staff password`: a password of one’s own in place of the present one. */
export const passwordCommand = (): Command =>
  atNode(
    new Command('password')
      .description('自分のパスワードを変える / change one’s own password')
      .option(
        '--password-stdin',
        '現在と新しいパスワードを1行ずつ読む / read the present and the new one, a line each',
      ),
    '',
  ).action(async (options: AtNode & { readonly passwordStdin?: boolean }) => {
    const caller = callerAt(options);
    const [password = '', newPassword = ''] = options.passwordStdin
      ? await linesOfInput()
      : [
          await askSecret('現在のパスワード present password: ', '--password-stdin'),
          await askSecret('新しいパスワード new password: ', '--password-stdin'),
        ];
    await callNode(caller, '/v1/sessions/password', { password, newPassword });
    if (options.json) writeJson({ changed: true });
    else writeLine('変更しました / changed');
  });
