import { usage } from '../output/cli-failure.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};
const WORD = /^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+$/;
const ISO =
  /^P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** `90s`, `1h30m`, `2d`, or ISO 8601 (`PT90S`), in seconds. @throws CliFailure usage */
export function secondsOf(text: string, option: string): number {
  const iso = ISO.exec(text);
  if (iso) {
    const [weeks, days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0));
    return (
      (weeks ?? 0) * 604_800 +
      (days ?? 0) * 86_400 +
      (hours ?? 0) * 3600 +
      (minutes ?? 0) * 60 +
      (seconds ?? 0)
    );
  }
  if (!WORD.test(text)) {
    throw usage(
      `${option} の値が正しくありません（90s、1h30m、2d、PT90S など）`,
      `${option} must be a span such as 90s, 1h30m, 2d or PT90S`,
    );
  }
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(count) * (UNITS[unit ?? ''] ?? 0);
  }
  return Math.round(total * 1000) / 1000;
}
