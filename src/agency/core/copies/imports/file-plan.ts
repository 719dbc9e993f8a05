import type { Form } from '../../../../protocol/layouts/compile.ts';
import { FILE_COLUMNS } from '../../../../protocol/layouts/layout.ts';
import type { ImportFindings } from './import-findings.ts';
import type { ImportOrder } from './ports.ts';

export type FileColumn = keyof typeof FILE_COLUMNS;

/** What stands in which column of a file, by its header. */
export interface FilePlan {
  /** How many columns each row has. */
  readonly width: number;
  /** Where the columns are that every file may have. */
  readonly columns: Readonly<Partial<Record<FileColumn, number>>>;
  /** Where each item of the layout is, in the layout’s order; undefined for one that the header misses. */
  readonly items: readonly (number | undefined)[];
  /** By position: what a finding calls the column. */
  readonly names: readonly string[];
}

const WORDS = {
  column_unknown: {
    ja: 'この見出しの列はレイアウトにありません',
    en: 'the layout has no column of this name',
  },
  column_repeated: { ja: '同じ見出しの列が二つあります', en: 'two columns have this name' },
  column_missing: { ja: 'この列がありません', en: 'this column is missing' },
  column_not_for_deleting: {
    ja: '削除のファイルには統合宛名番号と公開日の列しか書けません',
    en: 'a file of copies to delete has the person and the day of publication only',
  },
} as const;

const DELETING: readonly string[] = [FILE_COLUMNS.person, FILE_COLUMNS.published];

/**
 * Reads the header. Columns may stand in any order: they go by their names.
 * @returns undefined if no column names the person, so that the rows mean nothing
 */
export function filePlan(
  header: { readonly line: number; readonly cells: readonly string[] },
  { mode }: Pick<ImportOrder, 'mode'>,
  form: Form | undefined,
  findings: ImportFindings,
): FilePlan | undefined {
  const items = mode === 'delete' ? [] : (form?.items ?? []);
  const places = new Map<string, number>();
  const known = new Set<string>([
    ...Object.values(FILE_COLUMNS),
    ...items.map(({ item }) => item.name),
  ]);
  const wrong = (problem: keyof typeof WORDS, column: string) =>
    findings.add(header.line, problem, WORDS[problem], column);
  const names = header.cells.map((cell, at) => {
    // What is no heading may be data: it is told by its place.
    const place = String(at + 1);
    if (mode === 'delete' && !DELETING.includes(cell)) {
      wrong('column_not_for_deleting', place);
      return place;
    }
    if (!known.has(cell)) {
      wrong('column_unknown', place);
      return place;
    }
    if (places.has(cell)) wrong('column_repeated', cell);
    else places.set(cell, at);
    return cell;
  });
  if (!places.has(FILE_COLUMNS.person)) wrong('column_missing', FILE_COLUMNS.person);
  for (const { item } of items) if (!places.has(item.name)) wrong('column_missing', item.name);
  if (!places.has(FILE_COLUMNS.person)) return undefined;
  const columns = Object.entries(FILE_COLUMNS).flatMap(([column, name]) => {
    const at = places.get(name);
    return at === undefined ? [] : [[column, at]];
  });
  return {
    width: header.cells.length,
    columns: Object.fromEntries(columns),
    items: items.map(({ item }) => places.get(item.name)),
    names,
  };
}
