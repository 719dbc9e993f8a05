import { ERRORS, isErrorCode } from '../../../protocol/errors.ts';
import type { CorrectionNote, HistoryEntry, HistoryOutcome } from '../../../protocol/history.ts';
import type { RefusalReason } from '../../../protocol/outcome.ts';
import { lawNames } from '../../../protocol/permission/law-names.ts';
import type { ProvisionRecord } from '../../../protocol/record.ts';
import { requestView } from '../corrections/request-view.ts';
import type { Gateway } from '../gateway.ts';
import { lawTold } from './law-text.ts';

/** What a history is told from. */
export type Teller = Pick<Gateway, 'store' | 'law' | 'agencies'>;

interface Words {
  readonly ja: string;
  readonly en: string;
}

const say = (ja: string, en: string): Words => ({ ja, en });

/** An exchange by the gateway’s records of it, as it is told to the person. It shows no sequence numbers. */
export function historyEntry(
  gateway: Teller,
  exchange: string,
  records: readonly ProvisionRecord[],
): HistoryEntry | undefined {
  const first = records.find(({ kind }) => kind === 'permitted' || kind === 'denied');
  const answers = records.filter(({ kind }) => kind === 'answered');
  const last = answers.at(-1);
  if (!first || (first.kind === 'permitted' && !last)) return undefined;
  const { corrected, now: begun } = corrections(gateway, first, records);
  const denied = begun.kind === 'denied';
  const outcome: HistoryOutcome = denied ? 'denied' : (last?.outcome ?? 'pending');
  const looked = answers.some((each) => each.outcome === 'pending');
  const handling = denied
    ? 'none'
    : outcome === 'pending'
      ? 'waiting'
      : looked
        ? 'by_hand'
        : 'automatic';
  const { affair, information = '' } = begun;
  const named = namedBy(gateway);
  const entry = {
    exchange,
    requestedAt: instant(begun.requestedAt ?? 0),
    ...(last?.answeredAt !== undefined && { answeredAt: instant(last.answeredAt) }),
    inquirer: party(gateway, begun.inquirer),
    provider: party(gateway, begun.provider),
    ...(affair !== undefined && { affair: named('affair', affair) }),
    information: named('information', information),
    ...(begun.period && { period: begun.period }),
    outcome,
    handling,
    law: lawTold(gateway.law.permission, begun),
    reasons: denied ? denialReasons(begun) : refusalReasons(last),
    corrected,
    requests: gateway.store.read
      .correctionRequestsOf(exchange)
      .map((each) => requestView(gateway, each)),
  } as const;
  return { ...entry, summary: summaryOf(entry) };
}

/** Names of affairs and kinds of information, whatever list has them. */
const namedBy = ({ law }: Teller) => {
  const names = lawNames(law.permission);
  return (what: 'affair' | 'information', code: string) => ({
    code,
    name: names[what](code) ?? code,
  });
};

/** What an exchange’s record says now, and what it said before each correction (番号法31条). */
function corrections(gateway: Teller, first: ProvisionRecord, records: readonly ProvisionRecord[]) {
  const named = namedBy(gateway);
  let now = first;
  const corrected = records
    .filter(({ kind }) => kind === 'corrected')
    .map(({ at, affair, item, information, period }): CorrectionNote => {
      const was = now;
      now = {
        ...now,
        ...(affair !== undefined && { affair }),
        ...(item !== undefined && { item }),
        ...(information !== undefined && { information }),
        ...(period !== undefined && { period }),
      };
      const before = {
        ...(affair !== undefined && was.affair && { affair: named('affair', was.affair) }),
        ...(item !== undefined && was.item !== undefined && { item: was.item }),
        ...(information !== undefined &&
          was.information && { information: named('information', was.information) }),
        ...(period !== undefined && was.period && { period: was.period }),
      };
      return { at: new Date(at).toISOString(), before };
    });
  return { now, corrected };
}

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();

const party = (gateway: Teller, code = '') => ({
  code,
  name: gateway.agencies.find(code)?.name ?? code,
});

const denialReasons = ({ reasons = [] }: ProvisionRecord): Words[] =>
  reasons.flatMap((code) => (isErrorCode(code) ? [say(ERRORS[code][1], ERRORS[code][2])] : []));

const REFUSED: Readonly<Record<RefusalReason, Words>> = {
  restricted: say('提供が制限されています', 'Its provision is restricted'),
  review_declined: say(
    '情報提供者の職員が提供しないと判断しました',
    'The provider’s staff decided against it',
  ),
  review_lapsed: say('期限までに判断されませんでした', 'Nobody decided in time'),
};

const refusalReasons = (last: ProvisionRecord | undefined): Words[] =>
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

function summaryOf(entry: Omit<HistoryEntry, 'summary'>): Words {
  const { inquirer, provider, affair, information, outcome, handling } = entry;
  const handled = HANDLED[handling];
  const why = affair ? `${affair.name}のため、` : '';
  const forWhat = affair ? ` (affair: ${affair.name})` : '';
  return say(
    `${inquirer.name}が${provider.name}に、${why}${information.name}を求めました。${ENDS[outcome].ja}${handled ? `（${handled.ja}）` : ''}。`,
    `${inquirer.name} asked ${provider.name} for ${information.name}${forWhat}. ${ENDS[outcome].en}${handled ? ` (${handled.en})` : ''}.`,
  );
}
