/** Arithmetic on Japanese calendar dates written YYYY-MM-DD; such texts compare as the days do. */

const DAY = 86_400_000;

/** The day on which the invented world is seen: nothing in it happens later. */
export const AS_OF = '2026-10-01';

const at = (day: string): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));

/** Days written once are not written again: a world names the same few thousand over and over. */
const writings = new Map<number, string>();

export const addDays = (day: string, days: number): string => {
  const instant = at(day) + days * DAY;
  let written = writings.get(instant);
  if (written === undefined) {
    written = new Date(instant).toISOString().slice(0, 10);
    writings.set(instant, written);
  }
  return written;
};

/** How many days lie between two days; negative if `to` is earlier. */
export const daysBetween = (from: string, to: string): number => (at(to) - at(from)) / DAY;

export const addMonths = (day: string, months: number): string => {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const length = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  const date = Math.min(Number(day.slice(8, 10)), length);
  return `${Math.floor(month / 12)}-${two((month % 12) + 1)}-${two(date)}`;
};

const two = (number: number) => String(number).padStart(2, '0');

/** Age in whole years. (年齢計算ニ関スル法律 counts from the day before the birthday; no record here needs that.) */
export const ageOn = (birthDate: string, day: string): number =>
  Number(day.slice(0, 4)) -
  Number(birthDate.slice(0, 4)) -
  (day.slice(5) < birthDate.slice(5) ? 1 : 0);

/** 年度: April to March. */
export const fiscalYear = (day: string): number =>
  Number(day.slice(0, 4)) - (day.slice(5) < '04-01' ? 1 : 0);

/** The last day of the fiscal year in which a day lies. */
export const fiscalYearEnd = (day: string): string => `${fiscalYear(day) + 1}-03-31`;

/** YYYY-MM */
export const monthOf = (day: string): string => day.slice(0, 7);
