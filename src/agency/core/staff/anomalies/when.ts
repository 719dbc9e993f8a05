import { japaneseDay } from '../../../../protocol/day.ts';
import type { Operation } from '../operations.ts';
import { dayEnd } from '../standing.ts';
import { Groups, type Rule } from './finding.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Somebody of the staff did it: not the node, which ends sessions by itself. */
const byStaff = ({ actorKind, reason }: Operation): boolean =>
  actorKind === 'staff' && reason !== 'timed-out' && reason !== 'withdrawn';

/** Minutes since midnight of a time HH:MM. */
const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
};

/** Work before or after the office hours of a working day: a finding for each person and day. */
export function outOfHours(
  office: { readonly opens: string; readonly closes: string },
  isWorkingDay: (day: string) => boolean,
): Rule {
  const groups = new Groups('out-of-hours');
  const [opens, closes] = [minutesOf(office.opens) * MINUTE, minutesOf(office.closes) * MINUTE];
  return {
    take(line) {
      if (!byStaff(line.operation)) return;
      const { at } = line.operation;
      const day = japaneseDay(at);
      const since = at - (dayEnd(day) - DAY);
      if (isWorkingDay(day) && (since < opens || since >= closes)) groups.add(day, line);
    },
    findings: () => groups.findings(),
  };
}

/** Work on weekends, public holidays and at the turn of the year. */
export function onHolidays(isWorkingDay: (day: string) => boolean): Rule {
  const groups = new Groups('holiday');
  return {
    take(line) {
      if (!byStaff(line.operation)) return;
      const day = japaneseDay(line.operation.at);
      if (!isWorkingDay(day)) groups.add(day, line);
    },
    findings: () => groups.findings(),
  };
}
