const NINE_HOURS = 9 * 60 * 60 * 1000;

/** The calendar date in Japan (UTC+9, no summer time) of an instant in milliseconds: what the law counts by. */
export const japaneseDay = (instant: number): string =>
  new Date(instant + NINE_HOURS).toISOString().slice(0, 10);

/** An instant in milliseconds as NumericDate (RFC 7519): whole seconds. */
export const numericDate = (instant: number): number => Math.floor(instant / 1000);
