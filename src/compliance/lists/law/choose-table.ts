import { LawRefused } from './refused.ts';
import type { Column } from './report.ts';
import { gridOf, type LawCell, type LawTable } from './table.ts';

/** Which table of a law: that of Article 2, 別表第二, or the only one that has the columns. */
export const TABLES = ['auto', 'article-2', 'appdx-2'] as const;
export type TableChoice = (typeof TABLES)[number];

/** The permission list's table, its columns found by their heads. */
export interface ListTable {
  /** 第2条の表, 別表第二. */
  readonly name: string;
  /** Which columns of the grid hold what; `item` is empty when numbers stand before the inquirers. */
  readonly columns: Readonly<Record<Column, readonly number[]>>;
  /** The rows below the heads. */
  readonly rows: readonly (readonly (LawCell | undefined)[])[];
}

const HEADS: readonly (readonly [Column, RegExp])[] = [
  ['item', /^項(?:番号?)?$|^番号$/],
  ['inquirer', /情報照会者/],
  ['provider', /情報提供者/],
  ['information', /特定個人情報/],
  ['affair', /事務/],
];
const NEEDED: readonly Column[] = ['inquirer', 'affair', 'provider', 'information'];

/** Finds the table. Throws LawRefused if there is none, or more than one. */
export function chooseTable(
  tables: readonly LawTable[],
  choice: TableChoice,
  mostCells: number,
): ListTable {
  const found = tables
    .filter((table) => fits(table, choice))
    .flatMap((table) => readHeads(table, mostCells) ?? []);
  const [only] = found;
  if (only === undefined) throw noTable(choice, tables.length);
  if (found.length > 1) {
    const names = found.map(({ name }) => name).join('、');
    throw new LawRefused(
      'law_several_tables',
      { ja: `当てはまる表が複数あります（${names}）`, en: `several tables fit (${names})` },
      {
        ja: '--table で選んでください',
        en: 'choose one with --table article-2 or --table appdx-2',
      },
    );
  }
  return only;
}

const appendixName = (title: string): string => /^別表(?:第[^（\s　]+)?/.exec(title)?.[0] ?? title;

const fits = ({ article, appendix }: LawTable, choice: TableChoice): boolean =>
  choice === 'auto' ||
  (choice === 'article-2'
    ? article === '2'
    : appendix !== undefined && /^別表第(?:二|２|2)$/.test(appendixName(appendix)));

/** The table with its columns, if one of its first rows names all of them. */
function readHeads(table: LawTable, mostCells: number): ListTable | undefined {
  const grid = gridOf(table, mostCells);
  const at = grid.slice(0, 3).findIndex((row) => NEEDED.every((name) => headsOf(row)[name].length));
  const head = grid[at];
  if (head === undefined) return undefined;
  const { article, appendix } = table;
  const name =
    appendix === undefined ? `第${article?.replaceAll('_', 'の')}条の表` : appendixName(appendix);
  // Heads that span rows reach into what is below them.
  const rows = grid.slice(at + 1).filter((row) => row.some((cell) => !head.includes(cell)));
  return { name, columns: headsOf(head), rows };
}

function headsOf(row: readonly (LawCell | undefined)[]): Record<Column, number[]> {
  const columns: Record<Column, number[]> = {
    item: [],
    inquirer: [],
    affair: [],
    provider: [],
    information: [],
  };
  for (const [at, cell] of row.entries()) {
    const text = cell?.text.replaceAll(/[\s　]/g, '') ?? '';
    const column = HEADS.find(([, head]) => head.test(text))?.[0];
    if (column !== undefined && text.length <= 20) columns[column].push(at);
  }
  return columns;
}

const noTable = (choice: TableChoice, tables: number) =>
  new LawRefused(
    'law_no_table',
    {
      ja: `情報照会者・事務・情報提供者・特定個人情報の欄のある表がありません（表の数 ${tables}、--table ${choice}）`,
      en: `no table has the columns 情報照会者, 事務, 情報提供者 and 特定個人情報 (of ${tables} tables, --table ${choice})`,
    },
    {
      ja: '令和6年デジタル庁・総務省令第9号、又は2024-05-26以前の番号法の XML を指定してください',
      en: 'give the XML of 令和6年デジタル庁・総務省令第9号, or of the Act as it stood until 2024-05-26',
    },
  );
