import Table from 'cli-table3';
import type { InquiryView } from '../../protocol/node-api/inquiries.ts';
import { inJapan } from '../control/clock-command.ts';
import { nameOf, recordsText } from '../copies/print.ts';
import { harmless, type Paint } from '../output/style.ts';

const STATES: Readonly<Record<string, string>> = {
  requested: '承認待ち requested',
  approved: '承認済み approved',
  declined: '却下 declined',
  asking: '照会中 asking',
  permitted: '許可済み permitted',
  pending: '提供者で確認待ち pending',
  open: '未了 open',
  denied: '不許可 denied',
  lapsed: '失効 lapsed',
  provided: '提供 provided',
  no_record: '該当なし no record',
  refused: '拒否 refused',
};

const stateOf = ({ state, code }: InquiryView): string =>
  `${STATES[state] ?? harmless(state)}${code === undefined ? '' : `  ${harmless(code)}`}`;

const minuteOf = (at: string): string => inJapan(at).slice(0, 16).replace('T', ' ');

export function listText(inquiries: readonly InquiryView[]): string {
  if (inquiries.length === 0) return '照会はありません / no inquiries\n';
  const rows = new Table({
    head: [
      '照会 inquiry',
      '日時 made',
      '照会者 by',
      '統合宛名番号 person',
      '照会先と情報 what',
      '状態 state',
    ],
    style: { head: [], border: [], compact: true },
  });
  for (const it of inquiries) {
    const what = `${it.provider}  ${nameOf(it.information)}`;
    const hand =
      it.takenOverBy === undefined || it.confirmedBy !== undefined
        ? ''
        : '\n手作業の登録は未確認 unconfirmed';
    rows.push([
      it.id,
      minuteOf(it.createdAt),
      harmless(it.by),
      it.integratedAddressNumber,
      what,
      `${stateOf(it)}${hand}`,
    ]);
  }
  return `${rows}\n`;
}

export const inquiryLine = (it: InquiryView): string => `${it.id}  ${stateOf(it)}\n`;

/** An inquiry with what is, or would be, asked, and what came of it. */
export function inquiryText(it: InquiryView, paint: Paint): string {
  const affair = [it.item && `${it.item}の項 item ${it.item}`, it.affair]
    .filter(Boolean)
    .join('  ');
  const { from = '', until = '' } = it.period ?? {};
  const people = [
    ['承認・却下 decided by', it.approver],
    ['手作業の登録 taken over by', it.takenOverBy],
    ['その確認 confirmed by', it.confirmedBy],
  ].flatMap(([words, who]) => (who === undefined ? [] : [`  ${words} ${harmless(who)}`]));
  const kept = it.deletedAt ?? it.deleteAt;
  const lines = [
    `${paint('bold', it.id)}  ${stateOf(it)}`,
    `  照会者 by ${harmless(it.by)}、${minuteOf(it.createdAt)}`,
    `  統合宛名番号 person ${it.integratedAddressNumber}`,
    `  情報提供者 provider ${it.provider}`,
    `  事務 affair ${harmless(affair)}`,
    `  特定個人情報 information ${nameOf(it.information)}`,
    ...(it.period ? [`  対象期間 period ${from}〜${until}`] : []),
    ...(it.nonDisclosable ? ['  本人には不開示 non-disclosable to the person'] : []),
    ...people,
    ...(it.declineReason === undefined ? [] : [`  却下の理由 why ${harmless(it.declineReason)}`]),
    ...(kept === undefined
      ? []
      : [
          paint(
            'dim',
            `  ${it.deletedAt ? '削除済み deleted' : '削除予定 deleted at'} ${minuteOf(kept)}`,
          ),
        ]),
  ];
  const answer = it.answer
    ? `${paint('bold', '回答 answer')} (${harmless(it.answer.layoutVersion)})\n${recordsText(it.answer.records, paint)}`
    : '';
  return `${lines.join('\n')}\n${answer}`;
}
