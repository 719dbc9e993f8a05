import Table from 'cli-table3';
import type {
  DifferenceView,
  ReconciliationView,
} from '../../protocol/node-api/reconciliations.ts';
import { inJapan } from '../control/clock-command.ts';
import { harmless, type Paint } from '../output/style.ts';
import { nameOf } from './print.ts';

const KINDS = {
  missing: '副本なし missing',
  surplus: '原本なし surplus',
  different: '相違 different',
  unreadable: '原本の形式誤り unreadable',
} as const;

const table = (head: readonly string[]) =>
  new Table({ head: [...head], style: { head: [], border: [], compact: true } });

/** Counts of one reconciliation, per kind and per item. */
export function summaryText(it: ReconciliationView, paint: Paint): string {
  const lines = [
    `${paint('bold', nameOf(it.information))}  版 ${harmless(it.layoutVersion)}`,
    `  原本 originals ${it.originals}  副本 copies ${it.copies}  人 persons ${it.persons}`,
    `  一致 alike ${it.alike}`,
    ...Object.entries(KINDS).map(([kind, name]) => {
      const count = it[kind as keyof typeof KINDS];
      return `  ${count > 0 ? paint('red', `${name} ${count}`) : `${name} 0`}`;
    }),
    ...Object.entries(it.items).map(([item, count]) => `    ${harmless(item)} ${count}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param values by place, what is to be shown of values */
export function differencesText(
  it: ReconciliationView,
  list: readonly DifferenceView[],
  values: ReadonlyMap<number, readonly string[]>,
  paint: Paint,
): string {
  if (it.differences === 0) return `${paint('green', '差異なし / no differences')}\n`;
  const lines = list.flatMap(({ place, kind, person = '—', line, items, problem }) => {
    const where = line === undefined ? '' : `  ${line}行目 line ${line}`;
    const told = [items.map(harmless).join('、'), problem].filter(Boolean).join('  ');
    const shown = values.get(place) ?? [];
    return [
      `${paint('yellow', KINDS[kind])}  ${person}${where}  ${told}`.trimEnd(),
      ...shown.map((text) => `    ${text}`),
    ];
  });
  if (list.length < it.differences) {
    lines.push(paint('dim', `ほか ${it.differences - list.length} 件 / and more (--limit)`));
  }
  return `${lines.join('\n')}\n`;
}

/** How drift came and went: the newest first. */
export function historyText(all: readonly ReconciliationView[]): string {
  const rows = table([
    '日時 at',
    '特定個人情報 information',
    '原本 originals',
    '差異 differences',
    '',
  ]);
  for (const it of all) {
    const counts = (Object.keys(KINDS) as (keyof typeof KINDS)[])
      .filter((kind) => it[kind] > 0)
      .map((kind) => `${KINDS[kind]} ${it[kind]}`);
    const information = nameOf(it.information);
    rows.push([
      inJapan(it.finishedAt),
      information,
      it.originals,
      it.differences,
      counts.join('\n'),
    ]);
  }
  return `${rows}\n`;
}
