import Table from 'cli-table3';
import { LAYOUTS } from '../../network/world/layouts.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';
import { harmless, type Paint, widthOf } from '../output/style.ts';
import type { InquiryView } from './inquire.ts';

export interface AnswerOptions {
  readonly allItems: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
}

/** An opened answer: a table where it fits, otherwise each record with its items one below the other. */
export function answerText(
  answer: NonNullable<InquiryView['answer']>,
  { allItems, columns }: AnswerOptions,
  paint: Paint,
): string {
  const { layoutVersion, records } = answer;
  const all = itemsOf(records, layoutVersion);
  const items = allItems
    ? all
    : all.filter((item) => records.some((record) => isSaid(record[item])));
  const hidden = all.length - items.length;
  const head = `${paint('bold', '提供された情報 answer')}  ${records.length} 件 records, 版 layout ${harmless(layoutVersion)}`;
  const note =
    hidden === 0
      ? []
      : [
          paint(
            'dim',
            `値のない ${hidden} 項目は省略 / ${hidden} items without a value: --all-items`,
          ),
        ];
  const table = tableOf(records, items);
  const fits = Math.max(...table.split('\n').map(widthOf)) <= columns;
  return [head, ...(fits ? [table] : listOf(records, items, allItems, paint)), ...note].join('\n');
}

/** In the order of the layout, which an answer does not keep. */
function itemsOf(records: readonly CopyRecord[], version: string): string[] {
  const found = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const layout = Object.values(LAYOUTS).find(
    (each) => each.version === version && found.every((item) => places(each).has(item)),
  );
  if (!layout) return found;
  const order = places(layout);
  return found.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

const places = ({ items }: { readonly items: readonly string[] }): ReadonlyMap<string, number> =>
  new Map(items.map((item, at) => [item, at]));

const isSaid = (value: CopyRecord[string] | undefined): boolean =>
  value !== null && value !== undefined && value !== '';

const shown = (value: CopyRecord[string] | undefined): string =>
  isSaid(value) ? harmless(String(value)) : '';

function tableOf(records: readonly CopyRecord[], items: readonly string[]): string {
  const table = new Table({
    head: items.map(harmless),
    style: { head: [], border: [], compact: true },
  });
  for (const record of records) table.push(items.map((item) => shown(record[item])));
  return table.toString();
}

function listOf(
  records: readonly CopyRecord[],
  items: readonly string[],
  allItems: boolean,
  paint: Paint,
): string[] {
  const widest = Math.max(0, ...items.map((item) => widthOf(harmless(item))));
  return records.flatMap((record, at) => [
    paint('cyan', `記録 record ${at + 1}`),
    ...items
      .filter((item) => allItems || isSaid(record[item]))
      .map((item) => {
        const name = harmless(item);
        return `  ${paint('dim', name)}${' '.repeat(widest - widthOf(name))}  ${shown(record[item])}`;
      }),
  ]);
}
