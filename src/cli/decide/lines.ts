import { isUtf8 } from 'node:buffer';
import { Unreadable } from './inquiry-line.ts';

/** Bytes of the longest line that is read: no inquiry comes near it. */
export const LONGEST_LINE = 65_536;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Cuts bytes into lines, a batch for each chunk that completes any. Lines end in LF or CRLF, the
 * last one may end with the input; blank ones are left out. A line that is too long is reported
 * once, and its bytes are dropped as they come: memory stays the same whatever the input.
 */
export async function* lineBatches(
  source: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<(string | Unreadable)[]> {
  let parts: Buffer[] = [];
  let length = 0;
  let dropping = false;
  let first = true;
  const finish = (last: Buffer, batch: (string | Unreadable)[]): void => {
    if (!dropping) {
      const line = parts.length === 0 ? last : Buffer.concat([...parts, last]);
      const text = textOf(line, first);
      if (text !== undefined) batch.push(text);
    }
    parts = [];
    length = 0;
    dropping = false;
    first = false;
  };

  for await (const chunk of source) {
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk)
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const batch: (string | Unreadable)[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      finish(bytes.subarray(start, end), batch);
      start = end + 1;
    }
    if (start < bytes.length && !dropping) {
      // A copy: the source may use the chunk's memory again.
      parts.push(Buffer.from(bytes.subarray(start)));
      length += bytes.length - start;
      // One more for the CR that may belong to the line's end.
      if (length > LONGEST_LINE + 1) {
        batch.push(tooLong());
        parts = [];
        dropping = true;
      }
    }
    if (batch.length > 0) yield batch;
  }
  const batch: (string | Unreadable)[] = [];
  if (length > 0) finish(Buffer.alloc(0), batch);
  if (batch.length > 0) yield batch;
}

/** The text of a line; undefined when it's blank. */
function textOf(line: Buffer, first: boolean): string | Unreadable | undefined {
  const bytes = line.at(-1) === RETURN ? line.subarray(0, -1) : line;
  if (bytes.length > LONGEST_LINE) return tooLong();
  if (!isUtf8(bytes)) return new Unreadable('UTF-8 ではありません / not UTF-8');
  const text = bytes.toString('utf8');
  const bare = first && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  return bare.trim() === '' ? undefined : bare;
}

const tooLong = () =>
  new Unreadable(`行が長すぎます / the line is longer than ${LONGEST_LINE} bytes`);
