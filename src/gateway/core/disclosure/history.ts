import { RenkeiError } from '../../../protocol/errors.ts';
import type { HistoryPage } from '../../../protocol/history.ts';
import { historyEntry, type Teller } from './entry.ts';

export interface HistoryQuery {
  /** Days of Japan on which it was asked, both included. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/**
 * A person’s exchanges as they may be told (番号法23条, 附則6条; R-701), newest first. What must not be told leaves no
 * trace: it is in no count, no page, no cursor, and whoever names one gets what they get for one that never was.
 * @param person as the gateway knows them
 * @throws RenkeiError message_malformed for an `after` that is no entry of this person’s
 */
export function historyOf(gateway: Teller, person: string, query: HistoryQuery): HistoryPage {
  const { store } = gateway;
  const { from, until, after, limit } = query;
  if (after !== undefined && !store.read.mayBeTold(person, after)) throw notAnEntry();
  const found = store.read.historyOf({
    ...{ person, after, limit: limit + 1 },
    since: from === undefined ? undefined : beginOf(from),
    until: until === undefined ? undefined : beginOf(until) + DAY,
  });
  const entries = found
    .slice(0, limit)
    .flatMap(({ exchange, records }) => historyEntry(gateway, exchange, records) ?? []);
  const next = found.length > limit ? entries.at(-1)?.exchange : undefined;
  return { entries, ...(next !== undefined && { next }) };
}

const DAY = 86_400;
/** When a day begins in Japan, in seconds. */
const beginOf = (day: string): number => Date.parse(`${day}T00:00:00+09:00`) / 1000;

const notAnEntry = (): RenkeiError =>
  new RenkeiError('message_malformed', {
    ja: 'after: この履歴の項目ではありません',
    en: 'after: not an entry of this history',
    hint: {
      ja: '前のページの next をそのまま指定してください',
      en: 'Use `next` of the page before as it is',
    },
  });
