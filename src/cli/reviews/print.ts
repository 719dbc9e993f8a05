import Table from 'cli-table3';
import type { ReviewContent, ReviewView } from '../../protocol/node-api/reviews.ts';
import { inJapan } from '../control/clock-command.ts';
import { nameOf, recordsText } from '../copies/print.ts';
import { harmless, type Paint } from '../output/style.ts';

const STATES: Readonly<Record<ReviewView['state'], string>> = {
  waiting: '確認待ち waiting',
  entered: '入力済み entered',
  reviewed: '確認済み reviewed',
  returned: '差戻し returned',
  approved: '承認済み approved',
  declined: '却下 declined',
  lapsed: '期限切れ lapsed',
};

/** Why something was returned or declined, in words. */
export const REASONS: Readonly<Record<string, string>> = {
  person_in_doubt: '本人に疑義がある / in doubt whether it is this person',
  content_in_doubt: '内容に疑義がある / in doubt whether it is right',
  incomplete: '内容が足りない / incomplete',
  not_needed: '事務に必要と認められない / not needed for the affair',
  protected: '支援措置などの対象 / a protected person',
  other: 'その他 / something else',
};

const marksOf = ({ kind, restricted }: ReviewView): string =>
  [kind === 'manual' && '手作業 by hand', restricted && '不開示 restricted']
    .filter((mark) => mark !== false)
    .join('、');

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** `2日 2 d`: how long something has been overdue. */
function lateText(seconds: number): string {
  if (seconds >= DAY) return `${Math.floor(seconds / DAY)} d`;
  if (seconds >= HOUR) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.max(1, Math.floor(seconds / MINUTE))} min`;
}

export function listText(reviews: readonly ReviewView[], paint: Paint): string {
  if (reviews.length === 0) return '待っている求めはありません / nothing waits\n';
  const rows = new Table({
    head: ['交換 exchange', '統合宛名番号 person', '状態 state', '期限 due', ''],
    style: { head: [], border: [], compact: true },
  });
  for (const it of reviews) {
    const late = it.lateSeconds;
    const due = inJapan(it.dueAt).slice(0, 16).replace('T', ' ');
    rows.push([
      it.exchange,
      it.integratedAddressNumber,
      STATES[it.state],
      late === undefined ? due : `${due}  ${paint('red', `超過 late ${lateText(late)}`)}`,
      marksOf(it),
    ]);
  }
  return `${rows}\n`;
}

export const reviewLine = (it: ReviewView): string =>
  `${it.exchange}  ${STATES[it.state]}  ${marksOf(it)}`.trimEnd().concat('\n');

/** A request with what would be sent, as whoever reviews or approves must see it. */
export function shownText({ review, note, ...it }: ReviewContent, paint: Paint): string {
  const people = [
    ['入力 entered by', review.enteredBy],
    ['確認 reviewed by', review.reviewer],
    ['差戻し returned by', review.returnedBy],
    ['決定 decided by', review.approver],
  ].flatMap(([words, who]) => (who === undefined ? [] : [`${words} ${who}`]));
  const reason =
    review.reason === undefined ? undefined : (REASONS[review.reason] ?? review.reason);
  const lines = [
    reviewLine(review).trimEnd(),
    `  期限 due ${inJapan(review.dueAt)}`,
    `  照会者 inquirer ${it.inquirer}、${it.item}の項 item ${it.item}、事務 affair ${it.affair}`,
    `  ${review.integratedAddressNumber}  ${nameOf(it.information)}`,
    ...(people.length > 0 ? [`  ${people.join('、')}`] : []),
    ...(reason === undefined ? [] : [`  理由 reason ${reason}`]),
    ...(note === undefined ? [] : [`  ${paint('yellow', harmless(note))}`]),
    paint(
      'bold',
      `送られる内容 what would be sent${it.layoutVersion === undefined ? '' : ` (${harmless(it.layoutVersion)})`}`,
    ),
  ];
  const content = it.content.length === 0 ? '  なし none\n' : recordsText(it.content, paint);
  return `${lines.join('\n')}\n${content}`;
}
