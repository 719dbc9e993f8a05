export interface Column {
  readonly name: string;
  /** Characters; a cell without content may also be empty. */
  readonly width: number;
  /** How the writer fills a cell up; readers take either, on either side. */
  readonly padding: 'zeros-left' | 'spaces-right';
  /** Of the content, half-width. */
  readonly form: RegExp;
  readonly needed?: boolean;
}

const digits = (name: string, width: number): Column => ({
  name,
  width,
  padding: 'zeros-left',
  form: new RegExp(`^[0-9]{1,${width}}$`),
});
const exactDigits = (name: string, width: number): Column => ({
  ...digits(name, width),
  form: new RegExp(`^[0-9]{${width}}$`),
});
const text = (name: string, width: number, form = /^[!-~]+$/): Column => ({
  name,
  width,
  padding: 'spaces-right',
  form,
});
/** Five digits on the left with spaces behind, or behind eleven zeros. */
const agency = (name: string): Column => text(name, 16, /^(0{11})?[0-9]{5}$/);
const needed = (column: Column): Column => ({ ...column, needed: true });

/**
 * The columns of an inquiry file (照会依頼ファイル), in order: comma-separated, of fixed width, CRLF, no header.
 * The simulator asks by 宛名番号 or 統合宛名番号, 事務コード, 情報提供者機関コード, 特定個人情報名コード and the two
 * dates; the other columns are checked, and what they would change is refused rather than passed over.
 */
export const COLUMNS = {
  scheme: digits('番号体系', 2),
  addressNumber: digits('宛名番号', 15),
  integratedAddressNumber: digits('統合宛名番号', 15),
  requestedAt: exactDigits('照会依頼日時', 17),
  department: text('情報照会者部署コード', 20),
  user: text('情報照会者ユーザーID', 20),
  inquirer: needed(agency('情報照会者機関コード')),
  nonDisclosable: digits('照会側不開示コード', 1),
  affair: needed(text('事務コード', 16, /^JM[0-9]{14}$/)),
  procedure: text('事務手続コード', 16, /^JT[0-9]{14}$/),
  inquirerFor: agency('情報照会者機関コード(委任元)'),
  providerFor: agency('情報提供者機関コード(委任元)'),
  provider: needed(agency('情報提供者機関コード')),
  information: needed(text('特定個人情報名コード', 16, /^TM[0-9]{14}$/)),
  condition: digits('照会条件区分', 1),
  year: digits('照会年度区分', 1),
  from: exactDigits('照会開始日付', 8),
  until: exactDigits('照会終了日付', 8),
} as const satisfies Readonly<Record<string, Column>>;

export type ColumnKey = keyof typeof COLUMNS;
export const KEYS = Object.keys(COLUMNS) as readonly ColumnKey[];

/** Names as they are compared: 手続き is also written 手続, brackets come in both widths. */
export const plainName = (cell: string): string =>
  cell.normalize('NFKC').trim().replaceAll('手続き', '手続');

const HEADER = KEYS.map((key) => plainName(COLUMNS[key].name)).join();

/** Whether a record is the header that some tools write. */
export const isHeader = (cells: readonly string[]): boolean =>
  cells.map(plainName).join() === HEADER;
