import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { usage } from '../output/cli-failure.ts';

/**
 * Asks whoever sits there, without showing what they type.
 * @throws CliFailure usage if nobody is there to ask
 */
export async function askSecret(question: string, option: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw usage(`${option} を付けてください`, `say ${option}`, {
      ja: '端末からなら尋ねます',
      en: 'At a terminal it would be asked for',
    });
  }
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

/** Lines of standard input: secrets are not for the command line, which others can see. */
export const linesOfInput = async (): Promise<string[]> =>
  (await text(process.stdin)).split(/\r?\n/);
