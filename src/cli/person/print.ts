import type {
  CorrectionNote,
  CorrectionRequestView,
  HistoryEntry,
  HistoryOutcome,
  HistoryPage,
} from '../../protocol/history.ts';
import { inJapan } from '../control/clock-command.ts';
import { type Colour, harmless, type Paint, padTo } from '../output/style.ts';

const OUTCOMES: Readonly<Record<HistoryOutcome, readonly [Colour, string]>> = {
  provided: ['green', '提供 PROVIDED'],
  no_record: ['dim', '該当なし NO RECORD'],
  refused: ['yellow', '提供拒否 REFUSED'],
  denied: ['red', '不許可 DENIED'],
  pending: ['yellow', '未回答 NOT ANSWERED YET'],
};

const HANDLED: Readonly<Record<HistoryEntry['handling'], string>> = {
  automatic: '自動応答 automatically',
  by_hand: '職員が確認 after people looked at it',
  waiting: '職員の確認待ち people are to look at it',
  none: '照会されず not asked',
};

const minuteOf = (at: string): string => inJapan(at).slice(0, 16).replace('T', ' ');
const WIDTH = 24;
const line = (name: string, text: string): string => `  ${padTo(name, WIDTH)}${harmless(text)}`;

function entryText(entry: HistoryEntry, paint: Paint): string {
  const { inquirer, provider, information, affair, period, law, reasons } = entry;
  const [colour, words] = OUTCOMES[entry.outcome];
  const lines = [
    `${paint(colour, words)}  ${harmless(inquirer.name)} → ${harmless(provider.name)}`,
    line('情報 information', information.name),
    ...(affair ? [line('事務 affair', affair.name)] : []),
    ...(period ? [line('期間 period', `${period.from ?? ''}～${period.until ?? ''}`)] : []),
    line('扱い handling', HANDLED[entry.handling]),
    ...reasons.map(({ ja, en }) => line('理由 reason', `${ja} ${en}`)),
    line('根拠 law', law.ground),
    ...(law.text === undefined ? [] : [line('条文 what it says', law.text)]),
    line('求めた日時 asked', minuteOf(entry.requestedAt)),
    ...(entry.answeredAt === undefined
      ? []
      : [line('回答日時 answered', minuteOf(entry.answeredAt))]),
    line('番号 exchange', entry.exchange),
    ...entry.corrected.map((note) => line('訂正前 before', correctedText(note))),
    ...entry.requests.map((each) => line('訂正の求め asked', requestText(each))),
  ];
  return lines.join('\n');
}

const correctedText = ({ at, before }: CorrectionNote): string =>
  [
    before.item === undefined ? '' : `${before.item}の項`,
    before.affair?.name ?? '',
    before.information?.name ?? '',
    before.period ? `${before.period.from ?? ''}～${before.period.until ?? ''}` : '',
    `（${minuteOf(at)} 訂正 corrected）`,
  ].join('');

const REQUESTED: Readonly<Record<CorrectionRequestView['state'], string>> = {
  waiting: '決定待ち waiting',
  corrected: '訂正されました corrected',
  declined: '訂正されません declined',
};

const requestText = ({ agency, state, askedAt }: CorrectionRequestView): string =>
  `${agency.name}  ${minuteOf(askedAt)}  ${REQUESTED[state]}`;

/** A page for people. @param again the command for the next page */
export function historyText({ entries, next }: HistoryPage, paint: Paint, again: string): string {
  if (entries.length === 0) return 'やりとりの記録はありません / no exchanges to show\n';
  const more = next === undefined ? [] : [`次のページ next page: ${again} --after ${next}`];
  return `${[...entries.map((entry) => entryText(entry, paint)), ...more].join('\n\n')}\n`;
}
