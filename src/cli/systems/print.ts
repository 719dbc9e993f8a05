import Table from 'cli-table3';
import type { SystemView } from '../../protocol/node-api/business-systems.ts';
import { inJapan } from '../control/clock-command.ts';
import { harmless, type Paint } from '../output/style.ts';

const STATES: Readonly<Record<SystemView['state'], string>> = {
  enabled: '有効 enabled',
  disabled: '停止中 disabled',
  revoked: '失効 revoked',
};

const USES: Readonly<Record<string, string>> = {
  inquire: '照会 inquire',
  'import-copies': '副本の登録 import-copies',
  'acquire-codes': '符号の取得 acquire-codes',
};

const asksText = ({ asks, uses }: SystemView): string => {
  if (!uses.includes('inquire')) return '—';
  if (asks === 'all') return '法令が認めるすべて all';
  return asks.length === 0 ? 'なし none' : `${asks.length} 事務 affairs`;
};

export function listText(systems: readonly SystemView[]): string {
  const rows = new Table({
    head: ['ID', '名称 name', '状態 state', '機能 uses', '照会の範囲 asks', '上限 limit'],
    style: { head: [], border: [], compact: true },
  });
  for (const it of systems) {
    rows.push([
      it.id,
      harmless(it.name),
      STATES[it.state],
      it.uses.map((use) => USES[use] ?? use).join('\n'),
      asksText(it),
      it.rate ? `${it.rate.perSecond}/s (${it.rate.burst})` : '—',
    ]);
  }
  return `${rows}\n`;
}

/** One with all that it may ask for. */
export function systemText(it: SystemView, paint: Paint): string {
  const keys = it.keys.map(({ kid, crv }) => `${crv} ${harmless(kid)}`).join(', ') || 'なし none';
  const lines = [
    `${paint('bold', it.id)}  ${harmless(it.name)}  ${STATES[it.state]}`,
    `  機能 uses     ${it.uses.map((use) => USES[use] ?? use).join('、') || 'なし none'}`,
    `  鍵 keys       ${keys}`,
    `  上限 limit    ${it.rate ? `${it.rate.perSecond}/s, 一度に burst ${it.rate.burst}` : 'なし none'}`,
    `  変更 changed  ${inJapan(it.changedAt)}`,
    `  照会の範囲 asks  ${asksText(it)}`,
  ];
  if (it.asks !== 'all') {
    for (const { affair, information } of it.asks) {
      const kinds = information === 'all' ? 'すべて all' : information.join(', ');
      lines.push(`    ${affair}: ${kinds}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
