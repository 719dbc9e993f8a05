/** Calendar dates are 'YYYY-MM-DD' in Japan; such texts sort as the days do. */

const DAY = 86_400_000;

export interface Period {
  /** First day; absent: since ever. */
  readonly from?: string;
  /** Last day, itself included; absent: until further notice. */
  readonly until?: string;
}

/**
 * Whether a text is a date that the calendar has. Every decision asks this, so it is done by hand: a
 * regular expression and a Date take longer than the rest of a decision.
 */
export function isCalendarDate(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (year < 0 || month < 1 || month > 12 || day < 1) return false;
  if (month === 2)
    return day <= (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28);
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

/** The number that some characters write, or -1 if one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** The next day. */
export const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/** Whether a day lies in a period. */
export const covers = (period: Period, date: string): boolean =>
  (period.from === undefined || date >= period.from) &&
  (period.until === undefined || date <= period.until);

/** Whether two periods have a day in common. */
export const overlap = (a: Period, b: Period): boolean =>
  (a.from === undefined || b.until === undefined || a.from <= b.until) &&
  (b.from === undefined || a.until === undefined || b.from <= a.until);

/** The day of a period that is nearest to a date: the date itself when it lies in it. */
export function clampInto(period: Period, date: string): string {
  if (period.from !== undefined && date < period.from) return period.from;
  if (period.until !== undefined && date > period.until) return period.until;
  return date;
}

/** The one list in force on a day. Lists never overlap (check.ts), so there is no choice. */
export const listInForce = <List extends { readonly inForce: Period }>(
  lists: readonly List[],
  date: string,
): List | undefined => lists.find((list) => covers(list.inForce, date));
