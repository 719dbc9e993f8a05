/** Dates, months and years as layouts write them. Read digit by digit: a file has tens of millions. */

const ZERO = 48;
const HYPHEN = 45;
const FIRST_YEAR = 1800;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number that stands at `from` up to `until`, or -1 if anything there is no ASCII digit. */
function digits(text: string, from: number, until: number): number {
  let value = 0;
  for (let at = from; at < until; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const daysIn = (year: number, month: number): number => {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0);
};

/** YYYY-MM-DD of the Gregorian calendar from 1800 on; 9999-12-31 stands for an open end in municipal files. */
export function dateProblem(text: string): 'not_date' | 'no_such_date' | undefined {
  if (text.length !== 10 || text.charCodeAt(7) !== HYPHEN) return 'not_date';
  const [month, day] = [digits(text, 5, 7), digits(text, 8, 10)];
  if (text.charCodeAt(4) !== HYPHEN || month < 0 || day < 0) return 'not_date';
  const year = digits(text, 0, 4);
  if (year < 0) return 'not_date';
  return year < FIRST_YEAR || day < 1 || day > daysIn(year, month) ? 'no_such_date' : undefined;
}

/** YYYY-MM from 1800-01 on. */
export const isMonth = (text: string): boolean => {
  if (text.length !== 7 || text.charCodeAt(4) !== HYPHEN) return false;
  const month = digits(text, 5, 7);
  return digits(text, 0, 4) >= FIRST_YEAR && month >= 1 && month <= 12;
};

/** A year from 1800 to 9999, or -1. */
export const yearOf = (text: string): number => {
  const year = text.length === 4 ? digits(text, 0, 4) : -1;
  return year >= FIRST_YEAR ? year : -1;
};
