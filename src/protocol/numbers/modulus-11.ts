/**
 * The weighting that the individual number defines (総務省令第85号5条): Pn is the n-th digit
 * counted from the lowest, its weight n + 1 for n ≤ 6 and n − 5 from n = 7 on. The weighted sum
 * modulo 11 gives 0 for a remainder of 0 or 1, and 11 less the remainder otherwise.
 * @param digits ASCII digits, without the check digit.
 * @returns 0 to 9
 */
export const modulus11 = (digits: string): number => {
  let sum = 0;
  for (let n = 1; n <= digits.length; n++) {
    const weight = n <= 6 ? n + 1 : n - 5;
    sum += weight * (digits.charCodeAt(digits.length - n) - 48);
  }
  const remainder = sum % 11;
  return remainder <= 1 ? 0 : 11 - remainder;
};

/** Throws a RangeError unless the text is that many ASCII digits. Never quotes the text. */
export const demandDigits = (text: string, length: number, what: string): void => {
  if (text.length !== length || !/^\d+$/.test(text)) {
    throw new RangeError(`${what}: ${length} digits expected`);
  }
};
