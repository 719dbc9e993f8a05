import Table from 'cli-table3';
import type { ImportReport, ImportView } from '../../protocol/node-api/imports.ts';
import { inJapan } from '../control/clock-command.ts';
import { harmless, type Paint } from '../output/style.ts';
import { nameOf } from './print.ts';

/** So many mistakes with their places; of more, their kinds. */
const MOST_SHOWN = 50;

const STATES: Readonly<Record<ImportView['state'], string>> = {
  reading: '読取り中 reading',
  refused: '取り込んでいません refused',
  accepted: '受理済み（反映中） accepted',
  applied: '取込み済み imported',
};

const number = (value: number): string => value.toLocaleString('ja-JP');
const table = (head: readonly string[]) =>
  new Table({ head: [...head], style: { head: [], border: [], compact: true } });

/** Imports, one a line. */
export function importsText(imports: readonly ImportView[]): string {
  const rows = table([
    ...['取込み import', '日時 when', '職員 by', '特定個人情報 information'],
    ...['状態 state', '行 rows', '人 persons', '誤り mistakes'],
  ]);
  for (const it of imports) {
    rows.push([
      ...[it.id, inJapan(it.startedAt), harmless(it.by), nameOf(it.information)],
      ...[STATES[it.state], number(it.rows), number(it.persons), number(it.mistakes)],
    ]);
  }
  return `${rows.toString()}\n`;
}

/** A report for people: what became of the file, and what is wrong with it. */
export function reportText(it: ImportReport, paint: Paint): string {
  const colour = it.state === 'refused' ? 'red' : it.mistakes > 0 ? 'yellow' : 'green';
  const done =
    it.mode === 'delete'
      ? `削除 deleted ${number(it.deleted)}、該当なし none ${number(it.unchanged)}`
      : `追加 added ${number(it.added)}、更新 replaced ${number(it.replaced)}、変更なし unchanged ${number(it.unchanged)}`;
  const lines = [
    `${paint(colour, STATES[it.state])}  ${nameOf(it.information)}  ${it.id}`,
    `${number(it.rows)} 行 rows、${number(it.persons)} 人 persons: ${done}`,
  ];
  if (it.mistakes > 0) {
    lines.push(
      `誤り mistakes ${number(it.mistakes)}（${number(it.personsWithMistakes)} 人 persons）`,
      findingsTable(it),
    );
  }
  return `${lines.join('\n')}\n`;
}

function findingsTable({ findings, mistakes, kinds }: ImportReport): string {
  const shown = table(['行 line', '列 column', '誤り mistake']);
  for (const { line, column = '', ja, en } of findings.slice(0, MOST_SHOWN)) {
    shown.push([line, column, `${ja}\n${en}`]);
  }
  if (mistakes <= MOST_SHOWN) return shown.toString();
  const counted = table(['件数 count', '列 column', '誤り mistake']);
  for (const { column = '', ja, en, count } of kinds) {
    counted.push([number(count), column, `${ja}\n${en}`]);
  }
  return [
    shown.toString(),
    `最初の ${MOST_SHOWN} 件。種類ごとの件数（--json で ${number(findings.length)} 件まで）`,
    `The first ${MOST_SHOWN}; all of them by kind (--json lists ${number(findings.length)})`,
    counted.toString(),
  ].join('\n');
}
