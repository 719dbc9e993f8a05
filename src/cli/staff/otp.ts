import { Command } from 'commander';
import { oneTimeCodes } from '../../service/one-time-codes.ts';
import { type Operating, operating, writeJson, writeLine } from '../control/group.ts';
import { agencyAt } from '../node/call-node.ts';
import { usage } from '../output/cli-failure.ts';
import { theRunning } from '../query/find-network.ts';
import { networkNow } from './now.ts';
import { linesOfInput } from './secrets.ts';

interface Options extends Operating {
  readonly agency?: string;
  readonly secretStdin?: boolean;
}

/** `renkei staff otp`: the one-time code of a ready user by the network’s clock, as their telephone would show it. */
export const otpCommand = (): Command =>
  operating(
    new Command('otp')
      .description('用意された利用者のワンタイムコード / the present one-time code of a ready user')
      .argument('[user]')
      .option('--agency <code|name>', '機関 / whose user')
      .option(
        '--secret-stdin',
        '鍵（Base32）を標準入力から読む / of anybody whose secret is on standard input',
      ),
  ).action(async (user: string | undefined, options: Options) => {
    const secret = options.secretStdin
      ? ((await linesOfInput())[0] ?? '')
      : secretOf(user, options);
    const now = await networkNow(theRunning(options.running));
    const code = codeOf(secret, now);
    if (options.json) writeJson({ code, secondsLeft: 30 - (Math.floor(now / 1000) % 30) });
    else writeLine(code);
  });

/** @throws CliFailure usage for a secret that is none; what was given is not told */
function codeOf(secret: string, now: number): string {
  try {
    return oneTimeCodes.codeAt(oneTimeCodes.fromBase32(secret.trim()), now);
  } catch {
    throw usage('鍵は Base32 です', 'a secret is written in Base32');
  }
}

function secretOf(user: string | undefined, { agency, running }: Options): string {
  if (user === undefined || agency === undefined) {
    throw usage('利用者と --agency を指定してください', 'name a user and --agency');
  }
  return readySecretsOf(agencyAt(agency, running).agency, user).oneTimeCodes;
}

type Agency = ReturnType<typeof agencyAt>['agency'];

/** What a ready user logs in with. @throws CliFailure usage for one who is not ready */
export function readySecretsOf({ staffSecrets }: Agency, user: string) {
  const found = Object.hasOwn(staffSecrets, user) ? staffSecrets[user] : undefined;
  if (found) return found;
  const known = Object.keys(staffSecrets).join(', ');
  throw usage(`${user} の秘密は分かりません`, `the secrets of ${user} are not known here`, {
    ja: `用意された利用者: ${known}。ほかの利用者は --secret-stdin で鍵を渡してください`,
    en: `ready users: ${known}; for others give the secret with --secret-stdin`,
  });
}
