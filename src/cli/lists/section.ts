import Table from 'cli-table3';
import type { Paint } from '../output/style.ts';
import { widthOf } from '../output/style.ts';
import { wrap } from './wrap.ts';

/** A table with a title, for a terminal or for a document. */
export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What else there is to say, below the table. */
  readonly note?: string;
  /** The rows are facts rather than things to be counted. */
  readonly uncounted?: true;
}

const titleOf = ({ title, rows, uncounted }: Section): string =>
  uncounted ? title : `${title} (${rows.length})`;

const DEFAULT_WIDTH = 120;
const NARROWEST = 60;
const PADDING = 3;

/** A section for a terminal, its last columns wrapped so that the table fits. */
export function sectionText(section: Section, paint: Paint, columns: number | undefined): string {
  const { head, rows, note } = section;
  const lines = [paint('bold', titleOf(section))];
  if (rows.length > 0) {
    const widths = fitting(head, rows, Math.max(columns ?? DEFAULT_WIDTH, NARROWEST));
    const wrapped = [head, ...rows].map((row) =>
      row.map((text, at) => wrap(text, widths[at] ?? 1)),
    );
    // Lines between the rows help only where rows take more than one line.
    const compact = !wrapped.flat().some((text) => text.includes('\n'));
    const table = new Table({
      head: wrapped[0] ?? [],
      style: { head: [], border: [], compact },
    });
    table.push(...wrapped.slice(1));
    lines.push(table.toString());
    if (note !== undefined) lines.push(paint('dim', note));
  }
  return `${lines.join('\n')}\n`;
}

/** Narrow columns keep their width; the wide ones share what is left. */
function fitting(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): readonly number[] {
  const wanted = head.map((text, at) =>
    Math.max(...[text, ...rows.map((row) => row[at] ?? '')].map(widthOf)),
  );
  const widths = [...wanted];
  let room = columns - 1 - PADDING * head.length;
  const open = new Set(wanted.keys());
  for (let settled = true; settled && open.size > 0; ) {
    const share = Math.floor(room / open.size);
    const small = [...open].filter((at) => (wanted[at] ?? 0) <= share);
    settled = small.length > 0;
    for (const at of small) {
      open.delete(at);
      room -= wanted[at] ?? 0;
    }
  }
  for (const at of open) widths[at] = Math.max(4, Math.floor(room / open.size));
  return widths;
}

/** A section as Markdown (GitHub's tables). */
export function sectionMarkdown(section: Section): string {
  const { head, rows, note } = section;
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll(/([\\|])/g, '\\$1').replaceAll('\n', '<br>')).join(' | ')} |`;
  const table =
    rows.length === 0 ? [] : [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
  const below = note === undefined || rows.length === 0 ? [] : [note, ''];
  return [`## ${titleOf(section)}`, '', ...table, ...below].join('\n');
}
