import { ERRORS, isErrorCode } from '../../../protocol/errors.ts';
import type { HistoryEntry, HistoryOutcome } from '../../../protocol/history.ts';
import type { RefusalReason } from '../../../protocol/outcome.ts';
import type { ProvisionRecord } from '../../../protocol/record.ts';

interface Words {
  readonly ja: string;
  readonly en: string;
}

const say = (ja: string, en: string): Words => ({ ja, en });

/** Why it was denied, in words. */
export const denialReasons = ({ reasons = [] }: ProvisionRecord): Words[] =>
  reasons.flatMap((code) => (isErrorCode(code) ? [say(ERRORS[code][1], ERRORS[code][2])] : []));

const REFUSED: Readonly<Record<RefusalReason, Words>> = {
  restricted: say('提供が制限されています', 'Its provision is restricted'),
  review_declined: say(
    '情報提供者の職員が提供しないと判断しました',
    'The provider’s staff decided against it',
  ),
  review_lapsed: say('期限までに判断されませんでした', 'Nobody decided in time'),
};

/** Why the provider refused, in words. */
export const refusalReasons = (last: ProvisionRecord | undefined): Words[] =>
  last?.reason ? [REFUSED[last.reason]] : [];

const ENDS: Readonly<Record<HistoryOutcome, Words>> = {
  provided: say('提供されました', 'It was provided'),
  no_record: say(
    '該当する情報がないと回答されました',
    'The answer was that there is no such information',
  ),
  refused: say('提供されませんでした', 'It was not provided'),
  denied: say(
    '法令が認めないため、提供の求めは行われませんでした',
    'The law does not allow it, so nothing was asked for',
  ),
  pending: say('まだ回答されていません', 'It is not answered yet'),
};

const HANDLED: Readonly<Record<HistoryEntry['handling'], Words | undefined>> = {
  automatic: say('自動応答', 'automatically'),
  by_hand: say('職員が確認', 'after people looked at it'),
  waiting: say('職員の確認待ち', 'people are to look at it'),
  none: undefined,
};

/** All of it in a sentence, in both languages. */
export function summaryOf(entry: Omit<HistoryEntry, 'summary'>): Words {
  const { inquirer, provider, affair, information, outcome, handling } = entry;
  const handled = HANDLED[handling];
  const why = affair ? `${affair.name}のため、` : '';
  const forWhat = affair ? ` (affair: ${affair.name})` : '';
  return say(
    `${inquirer.name}が${provider.name}に、${why}${information.name}を求めました。${ENDS[outcome].ja}${handled ? `（${handled.ja}）` : ''}。`,
    `${inquirer.name} asked ${provider.name} for ${information.name}${forWhat}. ${ENDS[outcome].en}${handled ? ` (${handled.en})` : ''}.`,
  );
}
