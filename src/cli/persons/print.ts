import Table from 'cli-table3';
import type { AccessView, GrantsView } from '../../protocol/persons-api/authority.ts';
import type { ChangeView } from '../../protocol/persons-api/changes.ts';
import type { ConfirmationView, PersonView } from '../../protocol/persons-api/persons.ts';
import { harmless, type Paint } from '../output/style.ts';
import { timeOf } from '../staff/print.ts';

const table = (head: readonly string[]) =>
  new Table({ head: [...head], style: { head: [], border: [], compact: true } });

const ITEMS: Readonly<Record<string, string>> = {
  name: '氏名 name',
  kana: '氏名カナ reading',
  birthDate: '生年月日 birth date',
  sex: '性別 sex',
  address: '住所 address',
};
const SOURCES: Readonly<Record<string, string>> = {
  'resident-register': '住民基本台帳 resident register',
  entered: '入力 entered',
};

export function personText(person: PersonView): string {
  const { basics = {}, addressNumbers, mergedNumbers } = person;
  const own = addressNumbers.map(({ system, addressNumber }) => `${system} ${addressNumber}`);
  const rows = table(['', person.integratedAddressNumber]);
  for (const [item, label] of Object.entries(ITEMS)) {
    const value: unknown = Reflect.get(basics, item);
    rows.push([label, typeof value === 'string' ? harmless(value) : '—']);
  }
  rows.push(
    ['個人番号 individual number', person.hasIndividualNumber ? 'あり held' : 'なし none'],
    ['宛名番号 own numbers', own.join('\n') || '—'],
    ['統合された番号 merged numbers', mergedNumbers.join('\n') || '—'],
    ['情報源 source', SOURCES[person.source] ?? person.source],
    ['最終更新 changed', timeOf(person.changedAt)],
  );
  return `${rows}\n`;
}

const VERDICTS: Readonly<Record<string, string>> = {
  match: '一致 match',
  no_match: '不一致 no match',
  not_held: '登録なし not held',
};

export function confirmationText({ items, identical }: ConfirmationView, paint: Paint): string {
  const rows = table(['項目 item', '結果 result']);
  for (const [item, verdict] of Object.entries(items)) {
    if (verdict === undefined) continue;
    rows.push([ITEMS[item] ?? item, VERDICTS[verdict] ?? verdict]);
  }
  const result = identical
    ? paint('green', 'すべて一致しました / everything matches')
    : paint('red', '一致しない項目があります / not everything matches');
  return `${rows}\n${result}\n`;
}

const STATES: Readonly<Record<string, string>> = {
  proposed: '承認待ち proposed',
  approved: '承認済み・反映待ち approved',
  done: '完了 done',
  declined: '却下 declined',
  returned: '差戻し returned',
};

/** One change, in a few words. */
const planText = ({ plan }: ChangeView): string => {
  const of = (name: string) => String(Reflect.get(plan, name) ?? '');
  return plan.kind === 'merge'
    ? `統合 merge ${of('goes')} → ${of('stays')}`
    : `分離 split ${of('from')} → ${of('to')}`;
};

export function changesText(changes: readonly ChangeView[]): string {
  if (changes.length === 0) return 'ありません / none\n';
  const rows = table(['id', '内容 what', '状態 state', '提案 by', '決定 decided', '理由 why']);
  for (const it of changes) {
    rows.push([
      it.id,
      planText(it),
      STATES[it.state] ?? it.state,
      `${it.proposedBy} ${timeOf(it.proposedAt)}`,
      it.decidedBy ?? '',
      it.conflict === undefined ? '' : JSON.stringify(it.conflict),
    ]);
  }
  return `${rows}\n`;
}

export function grantsText({ callers, grants }: GrantsView): string {
  const who = table(['利用者 caller', '種類 kind', '役割 role']);
  for (const { id, kind, role } of callers) who.push([id, kind, role ?? '']);
  const rows = table([
    'id',
    '利用者',
    '所属 department',
    '事務 affairs',
    '機能 rights',
    '付与 by',
    '状態',
  ]);
  for (const it of grants) {
    rows.push([
      it.id,
      it.caller,
      harmless(it.department),
      it.affairs.join('\n'),
      it.rights.join('\n'),
      it.givenBy,
      it.withdrawnBy === undefined ? '有効 valid' : `取消 withdrawn by ${it.withdrawnBy}`,
    ]);
  }
  return `${who}\n${rows}\n`;
}

export function logText(lines: readonly AccessView[]): string {
  const rows = table([
    '番号',
    '時刻 when',
    '誰が who',
    '所属',
    '操作 what',
    '対象 on whom',
    '結果',
  ]);
  for (const it of lines) {
    const about = [it.person, it.subject, it.count === undefined ? undefined : `${it.count} 件`];
    rows.push([
      String(it.seq),
      timeOf(it.at),
      it.actor,
      harmless(it.department ?? ''),
      it.operation,
      about.filter((text) => text !== undefined).join('\n'),
      it.outcome === 'done' ? '' : `${it.code ?? ''} 拒否 refused`,
    ]);
  }
  return `${rows}\n`;
}
