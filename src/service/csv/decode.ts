import type { Encoding } from '../../protocol/node-api/files.ts';
import { Unreadable } from './unreadable.ts';

const REPLACEMENT = '\uFFFD';
const UTF8_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/**
 * Text out of bytes as they come, never guessing: the first bytes that are not in this encoding end it. A byte
 * order mark before UTF-8 (spreadsheets write one) is left out. U+FFFD in the text counts as damage too: it
 * stands where somebody before could not read either.
 * @throws Unreadable wrong_encoding, after the text up to there
 */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding);
  let line = 1;
  function* checked(text: string): Generator<string, void, undefined> {
    const damage = text.indexOf(REPLACEMENT);
    const whole = damage < 0 ? text : text.slice(0, damage);
    line += linesIn(whole);
    if (whole !== '') yield whole;
    if (damage >= 0) throw new Unreadable('wrong_encoding', line);
  }
  // Three bytes tell a mark, however small the first chunks are.
  let head: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of bytes) {
    const piece: Uint8Array = head ? Buffer.concat([head, chunk]) : chunk;
    if (head) {
      head = piece.length < UTF8_MARK.length ? piece : undefined;
      if (head) continue;
      if (encoding !== 'utf-8' && UTF8_MARK.every((byte, index) => piece[index] === byte)) {
        throw new Unreadable('wrong_encoding', 1);
      }
    }
    yield* checked(decoder.decode(piece, { stream: true }));
  }
  yield* checked(decoder.decode(head ?? new Uint8Array()));
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
