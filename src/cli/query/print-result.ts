import type { RunningFile } from '../../network/running-file.ts';
import { ERRORS } from '../../protocol/errors.ts';
import type { Paint } from '../output/style.ts';
import type { InquiryView } from './inquire.ts';
import { type AnswerOptions, answerText } from './print-answer.ts';

const REASONS = {
  restricted: ['不開示とされている', 'The information is restricted'],
  review_declined: ['職員の確認の結果、提供しない', 'A member of staff declined'],
  review_lapsed: ['期間内に職員が決定しなかった', 'Nobody decided on it in time'],
} as const;

export interface ResultOptions extends AnswerOptions {
  readonly provider: RunningFile['agencies'][number] | undefined;
  /** The command that looks at the same inquiry again. */
  readonly again: string;
}

/** How an inquiry that was permitted stands, for people. */
export function resultText(inquiry: InquiryView, options: ResultOptions, paint: Paint): string {
  const { answer, state, deleteAt } = inquiry;
  const kept = deleteAt === undefined ? [] : [paint('dim', `削除予定 deleted at ${deleteAt}`)];
  switch (state) {
    case 'provided':
      return [
        paint('green', '提供されました PROVIDED'),
        ...(answer ? [answerText(answer, options, paint)] : [RESULT_DELETED]),
        ...kept,
      ].join('\n');
    case 'no_record':
      return [
        paint('yellow', '該当なし NO RECORD'),
        '  情報提供者はこの人のこの情報を持っていません',
        '  The provider has no such information of this person',
        ...kept,
      ].join('\n');
    case 'pending':
      return pendingText(inquiry, options, paint);
    case 'refused':
      return refusedText(inquiry, paint);
    default:
      return [
        paint('yellow', `回答はまだありません OPEN  ${inquiry.code ?? state}`),
        '  もう一度照会すると続きから行います / Ask again: it goes on where it stopped',
        `  ${options.again}`,
      ].join('\n');
  }
}

const RESULT_DELETED =
  '  保存期間が過ぎ、結果は削除されました / The result was kept for its time and deleted';

function pendingText(
  { exchange = '' }: InquiryView,
  { provider, again }: ResultOptions,
  paint: Paint,
): string {
  const place = `${exchange} --agency ${provider?.code ?? ''}`;
  return [
    paint('yellow', '確認待ち PENDING'),
    '  情報提供者で職員2人（確認する人と承認する人）の手続きを待っています',
    '  It waits for two members of staff at the provider: one who reviews, another who approves',
    `  renkei reviews review ${place} --as tanto`,
    `  renkei reviews approve ${place} --as jocho`,
    paint('bold', '次に what to do next'),
    '  同じ照会番号で現在の状態を見る（二重の照会にはならない）/ look again; it never asks twice',
    `  ${again}`,
  ].join('\n');
}

function refusedText({ reason }: InquiryView, paint: Paint): string {
  const [, ja, en] = ERRORS.refused_by_provider;
  const [whyJa, whyEn] = reason === undefined ? ['', ''] : REASONS[reason];
  return [
    `${paint('red', '拒否 REFUSED')}  ${paint('bold', 'refused_by_provider')}`,
    `  ${ja} / ${en}`,
    `  ${whyJa} / ${whyEn}  ${paint('dim', reason ?? '')}`,
    paint('bold', '次に what to do next'),
    ...(reason === 'review_lapsed'
      ? [
          '  提供の可否は決定されていません。情報提供者に連絡し、新しい照会を行ってください',
          '  Nothing was decided: call the provider, then make a new inquiry',
        ]
      : [
          '  情報提供者に直接確かめてください。同じ照会を繰り返しても結果は変わりません',
          '  Turn to the provider itself: the same inquiry has the same end',
        ]),
  ].join('\n');
}
