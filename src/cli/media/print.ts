import Table from 'cli-table3';
import type { LendingView, MediumView } from '../../protocol/node-api/media.ts';
import { nameOf } from '../copies/print.ts';
import { harmless } from '../output/style.ts';

const STATES: Readonly<Record<MediumView['state'], string>> = {
  in_store: '保管中 in store',
  requested: '申請中 asked for',
  lent: '貸出し中 lent',
  overdue: '返却期限超過 overdue',
  return_reported: '返却報告済み return reported',
  holds_data: 'データ残存 holds data',
  retired: '廃棄 retired',
};
const LENDING: Readonly<Record<LendingView['state'], string>> = {
  requested: STATES.requested,
  lent: STATES.lent,
  rejected: '却下 rejected',
  reported: STATES.return_reported,
  returned: '返却済み returned',
};
const KINDS: Readonly<Record<MediumView['kind'], string>> = {
  usb_memory: 'USBメモリ usb_memory',
  optical_disc: '光ディスク optical_disc',
  tape: 'テープ tape',
  hard_disk: 'ハードディスク hard_disk',
  other: 'その他 other',
};

const table = (head: readonly string[]) =>
  new Table({ head: [...head], style: { head: [], border: [], compact: true } });

export function mediaText(media: readonly MediumView[]): string {
  const rows = table([
    '媒体 medium',
    '種類 kind',
    '状態 state',
    '借りた職員・最終日 who, until',
    '',
  ]);
  for (const { medium, kind, serial = '', state, lending, reason = '' } of media) {
    const who = lending ? `${lending.requestedBy}、${lending.until} まで` : '—';
    const facts = [harmless(serial), harmless(reason)].filter((fact) => fact !== '');
    rows.push([medium, KINDS[kind], STATES[state], who, facts.join('、')]);
  }
  return `${rows}\n`;
}

export function lendingsText(lendings: readonly LendingView[]): string {
  const rows = table([
    '貸出し lending',
    '媒体 medium',
    '特定個人情報・目的 what, what for',
    '最終日 until',
    '状態 state',
    '申請・決定・返却・受領 by',
  ]);
  for (const it of lendings) {
    const people = [it.requestedBy, it.decidedBy, it.reportedBy, it.acceptedBy];
    rows.push([
      ...[it.id, it.medium, `${nameOf(it.information)}\n${harmless(it.purpose)}`, it.until],
      `${it.overdue ? STATES.overdue : LENDING[it.state]}${outcomeOf(it)}`,
      people.map((who) => who ?? '—').join('、'),
    ]);
  }
  return `${rows}\n`;
}

/** What there is to say of how it went. */
function outcomeOf({ files, erased, note, reason }: LendingView): string {
  const told = [
    files.length > 0 && `書出し ${files.length} files`,
    erased !== undefined && (erased ? '消去済み erased' : '未消去 not erased'),
    note !== undefined && harmless(note),
    reason !== undefined && harmless(reason),
  ].filter((each) => each !== false);
  return told.map((each) => `\n${each}`).join('');
}
