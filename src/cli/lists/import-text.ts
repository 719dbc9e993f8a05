import { COLUMNS, type Doubt } from '../../compliance/lists/law/report.ts';
import type { Strangers } from '../../compliance/lists/strangers.ts';
import type { Measure } from '../../compliance/lists/verify.ts';
import { harmless, type Paint } from '../output/style.ts';
import { sectionText } from './section.ts';

/** What an import made, and what a person should look at. */
export interface ImportReport {
  readonly file: string;
  readonly written: boolean;
  /** Whether the folder has a role table, without which no command reads it. */
  readonly usable: boolean;
  readonly title: string;
  readonly lawNumber: string;
  readonly measure: Measure;
  /** 「三十六　削除」: items that the table has as deleted. */
  readonly deleted: readonly string[];
  readonly strangers: Strangers;
  readonly doubts: readonly Doubt[];
}

/** The report for people. */
export function importText(
  report: ImportReport,
  paint: Paint,
  columns: number | undefined,
): string {
  const { measure, written, file, deleted, strangers, doubts } = report;
  const lines = [
    `${paint('bold', measure.id)}  ${report.title}  ${report.lawNumber}  ${measure.from} – ${measure.until ?? ''}`,
    `  項 items ${measure.items}, 提供 provisions ${measure.provisions}, 組 tuples ${measure.tuples}, 情報 kinds ${measure.kinds}`,
  ];
  if (deleted.length > 0) lines.push(`  削除された項 deleted: ${harmless(deleted.join('、'))}`);
  const unknown = [
    ...strangers.roles.map((name) => ['役割 role', name]),
    ...strangers.information.map((name) => ['特定個人情報 information', name]),
  ];
  const sections = [
    {
      title: '確かでない欄 cells to look at',
      head: ['項 item', '欄 column', '文言 text', 'したこと what was done'],
      rows: doubts.map(({ item, column, text, done }) => [
        item,
        COLUMNS[column],
        harmless(text),
        `${done.ja} / ${done.en}`,
      ]),
    },
    {
      title: '初めての名称 names that no other list has',
      head: ['何 what', '名称 name'],
      rows: unknown,
    },
  ].filter(({ rows }) => rows.length > 0);
  const end = written
    ? `${paint('green', '✓')} ${file} に書きました / written`
    : `${paint('yellow', '−')} 書いていません / nothing was written (--dry-run): ${file}`;
  const note = report.usable
    ? []
    : [
        '注意 note: このフォルダには roles.json がありません / the folder has no roles.json yet; copy one there',
      ];
  const tables = sections.map((one) => sectionText(one, paint, columns));
  return `${[...lines, '', ...tables, end, ...note].join('\n')}\n`;
}
