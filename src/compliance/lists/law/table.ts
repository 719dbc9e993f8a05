import { LawRefused } from './refused.ts';

/** A cell (TableColumn) as the file has it. */
export interface LawCell {
  readonly text: string;
  /** The attributes' own words; empty: one. */
  readonly rowspan: string;
  readonly colspan: string;
  /** No line above it: empty, it belongs to the cell above. e-Gov writes some spans that way. */
  readonly continues: boolean;
  /** Something else than sentences is in it. */
  readonly structured: boolean;
}

/** A table and where it stands: in an article (Num: "2", "2_2") or in an appended table (its title). */
export interface LawTable {
  readonly article?: string;
  readonly appendix?: string;
  readonly rows: readonly (readonly LawCell[])[];
}

/** The widest table; that of the permission list has five columns. */
const WIDEST = 50;
const TALLEST = 100_000;

/** Lays out spans: each row with a cell for every column, the same one wherever it reaches. */
export function gridOf(
  table: LawTable,
  mostCells: number,
): readonly (readonly (LawCell | undefined)[])[] {
  const grid: (LawCell | undefined)[][] = table.rows.map(() => []);
  let cells = 0;
  for (const [at, row] of table.rows.entries()) {
    let column = 0;
    for (const cell of row) {
      while (grid[at]?.[column] !== undefined) column++;
      const wide = spanOf(cell.colspan, WIDEST);
      const tall = Math.min(spanOf(cell.rowspan, TALLEST), grid.length - at);
      if (column + wide > WIDEST) throw malformed('colspan', String(column + wide));
      cells += wide * tall;
      if (cells > mostCells) throw malformed('rowspan', cell.rowspan);
      for (let down = at; down < at + tall; down++) {
        for (let over = column; over < column + wide; over++) {
          const line = grid[down];
          if (line?.[over] !== undefined) throw malformed('rowspan', cell.rowspan);
          if (line !== undefined) line[over] = cell;
        }
      }
      column += wide;
    }
  }
  return grid;
}

function spanOf(text: string, most: number): number {
  if (text === '') return 1;
  const span = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
  if (span < 1 || span > most) throw malformed('rowspan/colspan', text.slice(0, 20));
  return span;
}

const malformed = (name: string, value: string) =>
  new LawRefused(
    'law_table_unreadable',
    {
      ja: `表の ${name}="${value}" が正しくありません`,
      en: `the table’s ${name}="${value}" can’t be right`,
    },
    { ja: 'ファイルを取得し直してください', en: 'fetch the file again from e-Gov' },
  );
