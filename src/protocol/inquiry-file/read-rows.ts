import { isHeader } from './columns.ts';
import { readFixedRow } from './fixed-row.ts';
import { friendlyReader, isFriendlyHeader } from './friendly-row.ts';
import type { RowReader, RowReading } from './row.ts';

/**
 * Reads a whole file record by record. The first one tells what file it is: an inquiry file with or without the
 * header of its columns, or any other order of columns under a header of names. A header that comes again, at
 * the beginning of a further part of a split file, is passed over.
 */
export class RowsReader {
  #read: RowReader | undefined;
  #header: string | undefined;

  /** @returns undefined for a header, and for everything under one that cannot be read */
  read(cells: readonly string[]): RowReading | undefined {
    if (this.#read) {
      return cells.join('\n') === this.#header ? undefined : this.#read(cells);
    }
    if (isHeader(cells) || isFriendlyHeader(cells)) this.#header = cells.join('\n');
    if (this.#header === undefined || isHeader(cells)) {
      this.#read = readFixedRow;
      return this.#header === undefined ? readFixedRow(cells) : undefined;
    }
    const made = friendlyReader(cells);
    this.#read = 'reader' in made ? made.reader : () => ({ findings: [] });
    return 'findings' in made ? made : undefined;
  }
}
