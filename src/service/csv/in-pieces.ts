import { setImmediate as turn } from 'node:timers/promises';

const PIECE_BYTES = 32_768;

/**
 * The same bytes in small pieces, however large they come, and between two pieces a turn for everybody else: a file
 * that lies ready would otherwise be read through without a break.
 */
export async function* inPieces(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield chunk.subarray(at, at + PIECE_BYTES);
      await turn();
    }
  }
}
