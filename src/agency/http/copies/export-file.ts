import { RenkeiError } from '../../../protocol/errors.ts';
import { cellOf } from '../../../protocol/layouts/cell.ts';
import type { Form } from '../../../protocol/layouts/compile.ts';
import { FILE_COLUMNS } from '../../../protocol/layouts/layout.ts';
import type { Encoding } from '../../../protocol/node-api/files.ts';
import { encoded } from '../../../service/csv/encode.ts';
import { csvText } from '../../../service/csv/write-csv.ts';
import { inTurns } from '../../../service/http/in-turns.ts';
import type { ExportedCopy } from '../../core/copies/export-copies.ts';

/** Reads all copies from the beginning, in pages. */
export type ReadCopies = () => Iterable<readonly ExportedCopy[]>;

/**
 * The copies as a CSV file of the columns that an import takes: a row for each of their records. Cells are written as
 * they are, as only so an import takes them back unchanged; what a spreadsheet would run has been refused by the
 * layouts when it came in, unless they allow it.
 * @throws RenkeiError state_conflict for a copy that does not have the items of its layout
 */
export async function* csvFile(
  form: Form,
  read: ReadCopies,
  encoding: Encoding,
): AsyncGenerator<Uint8Array, void, undefined> {
  const names = form.items.map(({ item }) => item.name);
  yield bytesOf([[...Object.values(FILE_COLUMNS), ...names]], encoding);
  for await (const page of inTurns(read())) {
    const rows = page.flatMap((copy) => rowsOf(copy, names));
    if (rows.length > 0) yield bytesOf(rows, encoding);
  }
}

/** One JSON object a line for each copy, of whatever layout. */
export async function* jsonLines(read: ReadCopies): AsyncGenerator<string, void, undefined> {
  for await (const page of inTurns(read())) {
    const lines = page.map(({ records: _, datedBy: __, rows, ...copy }) =>
      JSON.stringify({ ...copy, records: rows }),
    );
    if (lines.length > 0) yield `${lines.join('\n')}\n`;
  }
}

/**
 * Goes through all copies once, before anything is sent: whether they can be written in this encoding.
 * @throws RenkeiError message_malformed, with a person whose copy cannot
 */
export async function checkEncodable(
  form: Form,
  read: ReadCopies,
  encoding: Encoding,
): Promise<void> {
  const names = form.items.map(({ item }) => item.name);
  for await (const page of inTurns(read())) {
    const fits = (copies: readonly ExportedCopy[]) =>
      encoded(csvText(copies.flatMap((copy) => rowsOf(copy, names))), encoding) !== undefined;
    const wrong = fits(page) ? undefined : page.find((copy) => !fits([copy]));
    if (wrong) throw unencodable({ person: wrong.integratedAddressNumber });
  }
}

function rowsOf(copy: ExportedCopy, names: readonly string[]): string[][] {
  const { integratedAddressNumber, autoResponseDisabled, nonDisclosable, published, ended } = copy;
  const own = {
    person: integratedAddressNumber,
    autoResponseDisabled: autoResponseDisabled ? '1' : '0',
    nonDisclosable: nonDisclosable ? '1' : '0',
    published,
    ended: ended ?? '',
  } satisfies Record<keyof typeof FILE_COLUMNS, string>;
  const columns = Object.keys(FILE_COLUMNS) as (keyof typeof FILE_COLUMNS)[];
  return copy.rows.map((row) => {
    if (
      Object.keys(row).length !== names.length ||
      !names.every((name) => Object.hasOwn(row, name))
    ) {
      throw new RenkeiError('state_conflict', {
        ja: 'レイアウトの項目と一致しない副本があります。format=jsonl で書き出してください',
        en: 'A copy does not have the items of its layout: export with format=jsonl',
        extensions: { person: integratedAddressNumber },
      });
    }
    return [...columns.map((column) => own[column]), ...names.map((name) => cellOf(row[name]))];
  });
}

function bytesOf(rows: readonly (readonly string[])[], encoding: Encoding): Uint8Array {
  const bytes = encoded(csvText(rows), encoding);
  if (!bytes) throw unencodable();
  return bytes;
}

const unencodable = (extensions: Readonly<Record<string, unknown>> = {}) =>
  new RenkeiError('message_malformed', {
    ja: 'この文字コードにない文字を含む副本があります',
    en: 'A copy holds characters that this encoding does not have',
    hint: {
      ja: 'encoding=utf-8 を指定してください',
      en: 'Ask for encoding=utf-8',
    },
    extensions,
  });
