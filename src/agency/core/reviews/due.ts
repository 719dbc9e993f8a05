import { japaneseDay } from '../../../protocol/day.ts';
import type { AgencyNode } from '../node.ts';

const A_DAY = 24 * 60 * 60 * 1000;

/**
 * When a request that arrives now should be decided on: at the end of office hours of the n-th working day after
 * today. Milliseconds since the epoch.
 */
export function dueAt({
  clock,
  isWorkingDay,
  settings: { reviews },
}: Pick<AgencyNode, 'clock' | 'isWorkingDay' | 'settings'>): number {
  const closing = (instant: number) =>
    Date.parse(`${japaneseDay(instant)}T${reviews.closesAt}:00+09:00`);
  let instant = clock.now();
  for (let left = reviews.dueDays; left > 0; ) {
    instant += A_DAY;
    if (isWorkingDay(japaneseDay(instant))) left -= 1;
  }
  return closing(instant);
}
