import type { CorrectionNote, HistoryEntry, HistoryOutcome } from '../../../protocol/history.ts';
import { lawNames } from '../../../protocol/permission/law-names.ts';
import type { ProvisionRecord } from '../../../protocol/record.ts';
import { requestView } from '../corrections/request-view.ts';
import type { Gateway } from '../gateway.ts';
import { denialReasons, refusalReasons, summaryOf } from './entry-words.ts';
import { lawTold } from './law-text.ts';

/** What a history is told from. */
export type Teller = Pick<Gateway, 'store' | 'law' | 'agencies'>;

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
