import { CsvError, type Options, parse } from 'csv-parse';
import { Unreadable, type UnreadableReason } from './unreadable.ts';

/** A record with the line of the file on which it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const REASONS: Readonly<Record<string, UnreadableReason>> = {
  CSV_QUOTE_NOT_CLOSED: 'quote_not_closed',
  CSV_INVALID_CLOSING_QUOTE: 'quote_misplaced',
  INVALID_OPENING_QUOTE: 'quote_misplaced',
  CSV_MAX_RECORD_SIZE: 'record_too_large',
};

interface Limits {
  /** Characters of one record, so that no line can fill the memory. */
  readonly maxRecord?: number;
}

/**
 * The records of a CSV text (RFC 4180, CRLF or LF), one at a time. Lines without a character are left out; cells
 * are as they are, a lone CR or NUL included; records may have any number of cells: what is right is the
 * reader’s to say. Whatever comes before the place where reading ends is given out first.
 * @throws Unreadable; whatever `text` throws
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  limits: Limits = {},
): AsyncGenerator<CsvRow, void, undefined> {
  for await (const page of csvPages(text, limits)) yield* page;
}

/** The same in pages, as many records as came with a piece of the text: for files of a million records. */
export async function* csvPages(
  text: AsyncIterable<string>,
  { maxRecord = 65_536 }: Limits = {},
): AsyncGenerator<readonly CsvRow[], void, undefined> {
  let rows: CsvRow[] = [];
  /** Lines of the records so far; the parser’s own count takes CRLF inside quotes for two. */
  let lines = 0;
  const parser = feed({
    max_record_size: maxRecord,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    on_record(cells: string[], { empty_lines }) {
      rows.push({ line: lines + empty_lines + 1, cells });
      lines += 1 + newlinesIn(cells);
      return null;
    },
  });
  const taken = () => {
    const done = rows;
    rows = [];
    return done;
  };
  const because = (error: unknown): unknown => {
    // Its words quote the file; they stay here.
    const reason = error instanceof CsvError ? REASONS[error.code] : undefined;
    if (reason === undefined || !(error instanceof CsvError)) return error;
    return new Unreadable(reason, lines + Number(error.empty_lines) + 1, 1 + Number(error.column));
  };
  try {
    for await (const piece of text) {
      const failed = await parser.write(piece);
      if (rows.length > 0) yield taken();
      if (failed) throw because(failed);
    }
  } catch (error) {
    // A text that breaks off still had whole records before, and a part of one that tells the column.
    if (error instanceof Unreadable && error.column === undefined) {
      const open = await parser.end();
      const rest = taken();
      yield rest.filter(({ line }) => line < error.line);
      const inside = open instanceof CsvError ? 1 + Number(open.column) : 1;
      const column = rest.find(({ line }) => line >= error.line)?.cells.length ?? inside;
      throw new Unreadable(error.reason, error.line, column);
    }
    throw error;
  }
  const failed = await parser.end();
  if (rows.length > 0) yield taken();
  if (failed) throw because(failed);
}

/** Hands pieces over one by one and tells what was wrong with each: a stream would drop what came before. */
function feed(options: Options) {
  const parser = parse(options);
  parser.on('error', () => undefined);
  const told = (call: (done: (error?: Error | null) => void) => void) =>
    new Promise<Error | undefined>((resolve) => call((error) => resolve(error ?? undefined)));
  return {
    write: (piece: string) => told((done) => parser.write(piece, done)),
    end: () => told((done) => parser.end(done)),
  };
}

/** A record with line breaks inside quotes ends on a later line than it begins. */
const newlinesIn = (cells: readonly string[]): number =>
  cells.reduce((lines, cell) => lines + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);
