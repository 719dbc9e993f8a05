import iconv from 'iconv-lite';
import type { Encoding } from '../../protocol/node-api/files.ts';

/**
 * A text as bytes that are read back as the same text (decode), or nothing: a character that the encoding has not, or
 * has only one like it (¥, 〜), would come back as another.
 */
export function encoded(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === 'utf-8') return text.isWellFormed() ? Buffer.from(text, 'utf8') : undefined;
  const bytes = iconv.encode(text, encoding);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
