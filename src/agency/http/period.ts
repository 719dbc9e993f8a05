import { Day } from '../../protocol/identifiers.ts';
import { dayEnd } from '../core/staff/standing.ts';

const DAY = 24 * 60 * 60 * 1000;

const instant = (text: string, ofDay: (date: string) => number): number =>
  Day.safeParse(text).success ? ofDay(text) : Date.parse(text);

/** The period of a query, as milliseconds: instants, or the beginning of a day in Japan and a day with all of it. */
export const periodOf = ({
  from,
  until,
}: {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}): { from?: number; until?: number } => ({
  ...(from !== undefined && { from: instant(from, (date) => dayEnd(date) - DAY) }),
  ...(until !== undefined && { until: instant(until, dayEnd) }),
});
