import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorLine } from './decide-line.ts';
import { Unreadable } from './inquiry-line.ts';
import { lineBatches } from './lines.ts';

/**
 * Answers each line of the input with one line of output, in the same order, reading no faster than
 * the answers are taken. Whoever reads the output may stop at any time (`| head`): that ends it quietly.
 */
export async function decideStream(
  input: AsyncIterable<Uint8Array | string>,
  output: Writable,
  answer: (line: string) => string,
): Promise<void> {
  const answers = async function* () {
    for await (const batch of lineBatches(input)) {
      let lines = '';
      for (const line of batch) {
        lines += `${line instanceof Unreadable ? errorLine(line.why) : answer(line)}\n`;
      }
      yield lines;
    }
  };
  try {
    await pipeline(answers, output, { end: false });
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

const isClosedPipe = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');
