import { japaneseDay } from '../../protocol/day.ts';
import type { KeptView } from '../../protocol/node-api/retention.ts';
import type { Hold, Pruning, RecordsKept } from '../ports.ts';

// What is said over HTTP of retention and legal holds, by whichever party.

const iso = (ms: number): string => new Date(ms).toISOString();
const DAY = 86_400_000;

/** Whom it is about, each party says in its own way. */
export const holdView = ({ person: _, from, until, placedAt, releasedAt, ...rest }: Hold) => ({
  ...rest,
  from: from === undefined ? undefined : japaneseDay(from),
  until: until === undefined ? undefined : japaneseDay(until - DAY),
  placedAt: iso(placedAt),
  releasedAt: releasedAt === undefined ? undefined : iso(releasedAt),
});

export const pruningView = ({ before, ...counts }: Pruning) => ({ before: iso(before), ...counts });

export const keptView = ({ keep, oldest, holds, alarms }: RecordsKept): KeptView => ({
  records: { keep, oldest: oldest === undefined ? undefined : iso(oldest), holds },
  alarms,
});
