import holidayJp from '@holiday-jp/holiday_jp';

/**
 * Whether public offices are closed on a day of Japan, YYYY-MM-DD: weekends, public holidays (国民の祝日に関する法律)
 * and the turn of the year, 29 December to 3 January (行政機関の休日に関する法律1条1項).
 */
export function isOfficeHoliday(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const monthAndDay = day.slice(5);
  return (
    weekday === 0 ||
    weekday === 6 ||
    monthAndDay >= '12-29' ||
    monthAndDay <= '01-03' ||
    Object.hasOwn(holidayJp.holidays, day)
  );
}
