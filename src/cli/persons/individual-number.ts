import { isNumberLike } from '../../protocol/numbers/number-like.ts';
import { usage } from '../output/cli-failure.ts';
import { askSecret, linesOfInput } from '../staff/secrets.ts';

/**
 * An individual number from whoever sits there, unseen, or the first line of standard input. Never an argument:
 * those stay in the shell’s history and are seen by everybody on the machine.
 * @throws CliFailure usage when there is none
 */
export async function readNumber(): Promise<string> {
  const text = process.stdin.isTTY
    ? await askSecret('個人番号 individual number: ', '個人番号')
    : ((await linesOfInput())[0] ?? '');
  // Only the line’s end goes: what else is wrong with it the system tells.
  if (text !== '') return text;
  throw usage('個人番号がありません', 'there is no individual number', HOW);
}

const HOW = {
  ja: '端末で入力するか、標準入力から渡してください。引数に書くとシェルの履歴に残ります',
  en: 'Type it at the terminal, or hand it over on standard input: as an argument it would stay in the shell’s history',
};

/** @throws CliFailure usage, not repeating it, for an argument that reads like an individual number */
export function refuseNumbers(args: readonly string[]): void {
  if (!args.some((word) => isNumberLike(word))) return;
  throw usage(
    '個人番号を引数に書かないでください',
    'an individual number must not be an argument',
    {
      ja: `${HOW.ja}。今の行を履歴から消してください（例 history -d）`,
      en: `${HOW.en}. Remove this line from it (history -d, say)`,
    },
  );
}
