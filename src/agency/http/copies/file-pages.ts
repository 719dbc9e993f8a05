import type { Finding } from '../../../protocol/file-report.ts';
import { ENCODINGS, type Encoding } from '../../../protocol/node-api/files.ts';
import { decoded } from '../../../service/csv/decode.ts';
import { inPieces } from '../../../service/csv/in-pieces.ts';
import { csvPages } from '../../../service/csv/read-csv.ts';
import { Unreadable } from '../../../service/csv/unreadable.ts';
import { malformed } from '../../../service/http/malformed.ts';
import type { FilePages } from '../../core/copies/imports/read-file.ts';

/** A CSV file as rows; last, where and why it could be read no further. Never what stands there. */
export async function* filePages(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): FilePages {
  try {
    yield* csvPages(decoded(inPieces(bytes), encoding));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { line, column, reason, ja, en } = error;
    const finding: Finding = { line, problem: reason, ja, en };
    yield column === undefined ? finding : { ...finding, column: String(column) };
  }
}

/** Names by which the same two are known, in the lower case. */
const NAMES: Readonly<Record<string, Encoding>> = {
  ...Object.fromEntries(ENCODINGS.map((name) => [name, name])),
  utf8: 'utf-8',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  'windows-31j': 'shift_jis',
};

/**
 * How a file’s characters are written, by its Content-Type: UTF-8 unless told.
 * @throws RenkeiError message_malformed
 */
export function encodingOf(contentType: string | undefined): Encoding {
  const named = /;\s*charset\s*=\s*"?([^\s";]+)"?/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  const found = named === undefined ? 'utf-8' : Object.hasOwn(NAMES, named) && NAMES[named];
  if (found) return found;
  throw malformed({
    ja: 'この文字コードは読めません',
    en: 'This character encoding cannot be read',
    hint: {
      ja: 'Content-Type: text/csv;charset=utf-8 または shift_jis としてください',
      en: 'Send Content-Type: text/csv;charset=utf-8 or shift_jis',
    },
  });
}
