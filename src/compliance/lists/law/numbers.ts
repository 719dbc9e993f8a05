/** The numbers that statutes write: 二十五, 百十五, 25, ２５, and with branches 十六の二. */

const DIGITS = '〇一二三四五六七八九';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** Any one number, as part of a regular expression. */
const ONE = '[0-9０-９〇一二三四五六七八九十百千]+';
/** A number with its branches (の二, の三). */
export const NUMBER = `${ONE}(?:の${ONE})*`;

/**
 * A number with its branches as the lists write it: 十六の二 → "16の2", 第２５ → "25". Undefined for
 * anything else.
 */
export function numberOf(text: string): string | undefined {
  if (!new RegExp(`^${NUMBER}$`).test(text)) return undefined;
  const parts = text.split('の').map(amountOf);
  return parts.every((part) => part !== undefined) ? parts.join('の') : undefined;
}

/** The number of an item (項), which may be written 第十六の二 or 十六の二の項. */
export const itemNumberOf = (text: string): string | undefined =>
  numberOf(
    text
      .replaceAll(/[\s　]/g, '')
      .replace(/^第/, '')
      .replace(/の?項$/, ''),
  );

/** Writes 令和六年…第九号 as 令和6年…第9号, the way the lists name their law; 元 stays. */
export const withArabicNumbers = (text: string): string =>
  text.replaceAll(/(?<=[和正治成]|第)([〇一二三四五六七八九十百千０-９]+)(?=[年号])/g, (number) =>
    String(amountOf(number) ?? number),
  );

function amountOf(text: string): number | undefined {
  const plain = text.normalize('NFKC');
  if (/^[0-9]+$/.test(plain)) return Number(plain);
  if ([...text].every((one) => DIGITS.includes(one))) {
    return Number([...text].map((one) => DIGITS.indexOf(one)).join(''));
  }
  let sum = 0;
  let digit = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const one of text) {
    const unit = UNITS[one];
    if (unit === undefined) {
      // 二三十 or a mixture with Arabic digits is no number.
      if (digit !== 0 || !DIGITS.includes(one)) return undefined;
      digit = DIGITS.indexOf(one);
    } else {
      if (unit >= last) return undefined;
      sum += (digit || 1) * unit;
      digit = 0;
      last = unit;
    }
  }
  return sum + digit;
}
