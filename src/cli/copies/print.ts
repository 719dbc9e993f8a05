import Table from 'cli-table3';
import { KINDS } from '../../network/world/layouts.ts';
import type { VersionView } from '../../protocol/node-api/copies.ts';
import type { DraftSide, DraftView, ShownDraftView } from '../../protocol/node-api/drafts.ts';
import { informationCode } from '../../protocol/permission/codes.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';
import { harmless, type Paint, padTo, widthOf } from '../output/style.ts';

const NAMES = new Map(Object.values(KINDS).map((name) => [informationCode(name), name]));

/** A kind of information by its name, where it is known here. */
export const nameOf = (information: string): string => NAMES.get(information) ?? information;

const table = (head: readonly string[]) =>
  new Table({ head: [...head], style: { head: [], border: [], compact: true } });

/** From when until when, in words. */
const daysOf = ({ published, ended }: { published: string; ended?: string | undefined }): string =>
  `${published === '0001-01-01' ? '当初から always' : `${published} から`}${ended === undefined ? '' : `、${ended} の前日まで until the day before`}`;

const flagsOf = (it: Pick<VersionView, 'autoResponseDisabled' | 'nonDisclosable'>): string =>
  [it.autoResponseDisabled && '自動応答不可', it.nonDisclosable && '不開示']
    .filter((flag) => flag !== false)
    .join('、');

export function versionsText(versions: readonly VersionView[]): string {
  const rows = table([
    '統合宛名番号 person',
    '特定個人情報 information',
    '期間 days',
    '版',
    '行 rows',
    '',
  ]);
  for (const it of versions) {
    const marks = [it.inForce ? '現行 in force' : '', flagsOf(it)].filter((mark) => mark !== '');
    rows.push([
      it.integratedAddressNumber,
      nameOf(it.information),
      daysOf(it),
      harmless(it.layoutVersion),
      String(it.rows),
      marks.join('、'),
    ]);
  }
  return `${rows}\n`;
}

export function draftsText(drafts: readonly DraftView[]): string {
  const rows = table([
    '起票 draft',
    '変更 change',
    '対象 copy',
    '状態 state',
    '入力・確認・決定 by',
  ]);
  for (const it of drafts) {
    const people = [it.enteredBy, it.checkedBy, it.decidedBy].map((who) => who ?? '—');
    const about = `${it.integratedAddressNumber}\n${nameOf(it.information)}\n${daysOf(it)}`;
    rows.push([it.id, CHANGES[it.change], about, STATES[it.state], people.join('、')]);
  }
  return `${rows}\n`;
}

const CHANGES = { put: '登録・訂正 put', end: '終了 end', delete: '削除 delete' } as const;
const STATES = {
  entered: '入力済み entered',
  checked: '確認済み checked',
  approved: '承認済み approved',
  rejected: '却下 rejected',
} as const;

export function draftLine(draft: DraftView): string {
  return `${draft.id}  ${CHANGES[draft.change]}  ${STATES[draft.state]}\n`;
}

/** The rows of a copy, item by item; what is empty is left out. */
export function recordsText(records: readonly CopyRecord[], paint: Paint): string {
  return records
    .map((record, at) => `${paint('bold', `${at + 1}行目 row ${at + 1}`)}\n${itemsText(record)}`)
    .join('');
}

function itemsText(record: CopyRecord): string {
  const told = Object.entries(record).filter(([, value]) => value !== null);
  const width = Math.max(0, ...told.map(([item]) => widthOf(item)));
  return told
    .map(([item, value]) => `  ${padTo(harmless(item), width)}  ${harmless(String(value))}\n`)
    .join('');
}

/** A draft as whoever checks or approves must see it: what is proposed, and what it changes. */
export function shownText(
  { draft, before, after, differences }: ShownDraftView,
  paint: Paint,
): string {
  const lines = [
    draftLine(draft),
    `  ${draft.integratedAddressNumber}  ${nameOf(draft.information)}\n`,
    `  入力 entered by ${draft.enteredBy}${draft.checkedBy === undefined ? '' : `、確認 checked by ${draft.checkedBy}`}\n`,
    sideText('現在 before', before, paint),
    sideText('案 after', after, paint),
    paint('bold', '差分 differences\n'),
  ];
  for (const { kind, before: row = 0, after: place = 0, items = [] } of differences) {
    if (kind === 'removed') lines.push(paint('red', `- ${lineOf(before?.records[row])}\n`));
    if (kind === 'added') lines.push(paint('green', `+ ${lineOf(after?.records[place])}\n`));
    if (kind !== 'changed') continue;
    for (const item of items) {
      const values = [before?.records[row]?.[item], after?.records[place]?.[item]].map(valueText);
      lines.push(
        paint(
          'yellow',
          `~ ${place + 1}行目 row ${place + 1}  ${harmless(item)}: ${values.join(' → ')}\n`,
        ),
      );
    }
  }
  if (differences.length === 0) lines.push('  行の差分なし / no rows differ\n');
  return lines.join('');
}

const valueText = (value: CopyRecord[string] | undefined): string =>
  value === null || value === undefined ? '（空）' : harmless(String(value));

const lineOf = (record: CopyRecord | undefined): string =>
  Object.entries(record ?? {})
    .filter(([, value]) => value !== null)
    .map(([item, value]) => `${harmless(item)}=${harmless(String(value))}`)
    .join('、');

function sideText(title: string, side: DraftSide | undefined, paint: Paint): string {
  if (!side) return `${paint('bold', title)}  なし none\n`;
  const facts = [daysOf(side), `版 ${harmless(side.layoutVersion)}`, flagsOf(side)];
  const told = facts.filter((fact) => fact !== '').join('、');
  return `${paint('bold', title)}  ${told}\n${recordsText(side.records, paint)}`;
}
