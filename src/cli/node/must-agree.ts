import { createInterface } from 'node:readline/promises';
import { usage } from '../output/cli-failure.ts';

/**
 * Asks whoever sits there whether what was shown is right.
 * @param show the command that shows it
 * @throws CliFailure usage if nobody is there to ask, or they do not agree
 */
export async function mustAgree(show: string): Promise<void> {
  if (!process.stdin.isTTY) {
    throw usage('内容を見て --yes を付けてください', 'look at the content, and say --yes', {
      ja: `\`${show}\` で内容を表示できます`,
      en: `\`${show}\` shows the content`,
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('この内容でよいですか / is this right? [y/N] ');
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw usage('中止しました', 'nothing was done');
}
