import type { ListTable } from './choose-table.ts';
import { itemNumberOf, NUMBER } from './numbers.ts';
import { LawRefused } from './refused.ts';
import { COLUMNS, type Column, DONE, type Doubt, type DoubtCode } from './report.ts';
import type { LawCell } from './table.ts';

/** An item of the table, cut into cells that aren't read yet. */
export interface Entry {
  readonly item: string;
  readonly inquirer: string;
  readonly affair: string;
  readonly provisions: { readonly provider: string; readonly information: string }[];
}

/** The table's items, and what stood where but isn't in force any more. */
export interface Entries {
  readonly entries: readonly Entry[];
  /** 「三十六　削除」: as the table writes them. */
  readonly deleted: readonly string[];
  readonly doubts: readonly Doubt[];
}

/** 「一　厚生労働大臣」: the number stands before the inquirer. */
const NUMBERED = new RegExp(`^(第?${NUMBER})(?:の?項)?[\\s　]+(.+)$`, 's');
const DELETED = /(?:^|[\s　])削[\s　]*除$/;

/**
 * Puts rows together into items. Empty cells and spans continue what is above them. Throws LawRefused
 * where a row belongs to no item, or where an item would have two affairs or two lists of inquirers.
 */
export function entriesOf({ columns, rows }: ListTable): Entries {
  const entries: Entry[] = [];
  const deleted: string[] = [];
  const doubts: Doubt[] = [];
  let above: readonly (LawCell | undefined)[] = [];
  for (const row of rows) {
    const textAt = (column: Column, line = row) =>
      [...new Set(columns[column].map((at) => line[at]))]
        .map((cell) => cell?.text ?? '')
        .filter((text) => text !== '')
        .join('　');
    const all = [...new Set(row)].map((cell) => cell?.text ?? '').filter((text) => text !== '');
    if (all.length === 0) continue;
    if (DELETED.test(all.at(-1) ?? '') && new Set(all).size <= 2) {
      deleted.push([...new Set(all)].join('　').replaceAll(/[\s　]+/g, '　'));
      above = [];
      continue;
    }
    const head = headOf(textAt('item'), textAt('inquirer'));
    const last = entries.at(-1);
    const same = last !== undefined && above.length > 0 && (head.item ?? last.item) === last.item;
    const entry = same
      ? last
      : {
          item: numbered(head, all),
          inquirer: head.inquirer,
          affair: textAt('affair'),
          provisions: [],
        };
    const doubt = (column: Column, code: DoubtCode, text: string) =>
      doubts.push({ item: entry.item, column, code, text, done: DONE[code] });
    if (same) {
      sameOrNone('inquirer', entry, head.inquirer);
      sameOrNone('affair', entry, textAt('affair'));
    } else entries.push(entry);

    const before = entry.provisions.at(-1);
    const carried = (column: 'provider' | 'information'): string => {
      const text = textAt(column);
      if (text !== '' || before === undefined) return text;
      if (!columns[column].every((at) => row[at]?.continues)) {
        doubt(column, 'carried_down', before[column]);
      }
      return before[column];
    };
    const provision = { provider: carried('provider'), information: carried('information') };
    for (const column of ['provider', 'information'] as const) {
      if (provision[column] === '') throw emptyCell(entry.item, column);
    }
    // A row that only continues the cells above it says nothing new.
    const news = ['provider', 'information'] as const;
    const repeats =
      same && news.every((column) => columns[column].every((at) => row[at] === above[at]));
    if (!repeats) entry.provisions.push(provision);
    for (const column of ['inquirer', 'affair', 'provider', 'information'] as const) {
      const structured = columns[column].some((at) => row[at]?.structured && row[at] !== above[at]);
      if (structured) doubt(column, 'structure', textAt(column));
    }
    above = row;
  }
  return { entries, deleted, doubts };
}

function headOf(item: string, inquirer: string): { item?: string; inquirer: string } {
  const number = item === '' ? undefined : itemNumberOf(item);
  if (number !== undefined) return { item: number, inquirer };
  const [, inline, role] = NUMBERED.exec(inquirer) ?? [];
  const found = inline === undefined ? undefined : itemNumberOf(inline);
  return found === undefined || role === undefined ? { inquirer } : { item: found, inquirer: role };
}

function numbered({ item }: { item?: string }, all: readonly string[]): string {
  if (item !== undefined) return item;
  const row = all.join(' | ').slice(0, 80);
  throw new LawRefused(
    'law_table_unreadable',
    { ja: `項の番号のない行があります: ${row}`, en: `a row has no item number: ${row}` },
    { ja: '表の形が違います', en: 'the table has another shape than the ones known; see --table' },
  );
}

function sameOrNone(column: 'inquirer' | 'affair', entry: Entry, text: string): void {
  if (text === '' || text === entry[column]) return;
  throw new LawRefused(
    'law_table_unreadable',
    {
      ja: `一つの項に${COLUMNS[column]}が二つあります: ${text.slice(0, 80)}`,
      en: `one item has two cells ${COLUMNS[column]}: ${text.slice(0, 80)}`,
    },
    {
      ja: '照合リストでは一つの項に一つの事務です',
      en: 'in a permission list an item has one affair; write this one by hand',
    },
    { item: entry.item },
  );
}

const emptyCell = (item: string, column: Column) =>
  new LawRefused(
    'law_table_unreadable',
    { ja: `${COLUMNS[column]}の欄が空です`, en: `its ${COLUMNS[column]} is empty` },
    { ja: 'ファイルを取得し直してください', en: 'fetch the file again from e-Gov' },
    { item },
  );
