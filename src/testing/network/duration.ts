const MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `'90s'`, `'5m'`, `'1.5h'`, `'8d'`, `'250ms'`; a number is milliseconds. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** In whole milliseconds. @throws RangeError for what is no span of time */
export function milliseconds(duration: Duration): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(`${duration}`) ?? [];
  const ms = typeof duration === 'number' ? duration : Number(count) * (MS[unit] ?? Number.NaN);
  if (Number.isSafeInteger(ms) && ms >= 0) return ms;
  throw new RangeError(`not a duration: ${duration} (write 250ms, 90s, 5m, 2h or 8d)`);
}
