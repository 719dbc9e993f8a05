import { createReadStream } from 'node:fs';
import { fitted } from '../../client/call/read-answer.ts';
import { FILE_COLUMNS } from '../../protocol/layouts/layout.ts';
import { copies as api } from '../../protocol/node-api/copies.ts';
import { ENCODINGS } from '../../protocol/node-api/files.ts';
import type {
  DifferenceView,
  ReconciliationView,
} from '../../protocol/node-api/reconciliations.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';
import { decoded } from '../../service/csv/decode.ts';
import { csvPages } from '../../service/csv/read-csv.ts';
import { type Caller, callNode } from '../node/call-node.ts';
import { harmless } from '../output/style.ts';
import { pathWith } from './at-node.ts';

type Original = Readonly<Record<string, string>>;

/**
 * The values behind differences, by place, for whoever may see them: of the originals out of the file, which this
 * user has; of the copies from the node, where each person looked at is written to the operation log.
 */
export async function valuesShown(
  caller: Caller,
  { information }: ReconciliationView,
  list: readonly DifferenceView[],
  { file, encoding }: { readonly file: string; readonly encoding: string },
): Promise<ReadonlyMap<number, readonly string[]>> {
  const lines = new Set(list.flatMap(({ line }) => line ?? []));
  const originals = await originalsAt(lines, file, encoding);
  const shown = new Map<number, readonly string[]>();
  const copies = new Map<string, readonly CopyRecord[]>();
  for (const it of list) {
    const original = it.line === undefined ? undefined : originals.get(it.line);
    const copy = it.row === undefined ? undefined : (await rowsOf(it, original))[it.row];
    shown.set(it.place, told(it, original, copy));
  }
  return shown;

  async function rowsOf({ person = '' }: DifferenceView, original: Original | undefined) {
    const published = original?.[FILE_COLUMNS.published] || undefined;
    const key = `${person} ${published}`;
    const known = copies.get(key) ?? (await held(person, published));
    copies.set(key, known);
    return known;
  }
  async function held(person: string, published: string | undefined) {
    const place = pathWith(`/v1/copies/${person}/${information}`, { published });
    return fitted(api.show.responses[200], await callNode(caller, place)).copy?.records ?? [];
  }
}

/** The rows of a file that begin on these lines, by their headings. */
async function originalsAt(
  lines: ReadonlySet<number>,
  file: string,
  encoding: string,
): Promise<ReadonlyMap<number, Original>> {
  const found = new Map<number, Original>();
  const known = ENCODINGS.find((each) => each === encoding) ?? 'utf-8';
  let header: readonly string[] | undefined;
  for await (const page of csvPages(decoded(createReadStream(file), known))) {
    header ??= page[0]?.cells;
    for (const { line, cells } of page) {
      if (!lines.has(line)) continue;
      found.set(
        line,
        Object.fromEntries((header ?? []).map((name, at) => [name, cells[at] ?? ''])),
      );
    }
  }
  return found;
}

function told(it: DifferenceView, original: Original | undefined, copy: CopyRecord | undefined) {
  const mine = (item: string) => valueText(original?.[item]);
  const theirs = (item: string) => valueText(copy?.[item]);
  if (it.kind === 'different') {
    return it.items.map((item) => `${harmless(item)}: 原本 ${mine(item)} → 副本 ${theirs(item)}`);
  }
  if (it.kind === 'unreadable') return it.items.map((item) => `${harmless(item)}: ${mine(item)}`);
  const row = Object.entries((it.kind === 'missing' ? original : copy) ?? {});
  const filled = row.filter(([, value]) => value !== null && value !== '');
  return [filled.map(([item, value]) => `${harmless(item)}=${valueText(value)}`).join('、')];
}

const valueText = (value: string | number | null | undefined): string =>
  value === null || value === undefined || value === '' ? '（空）' : harmless(String(value));
