import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';

export type Language = 'ja' | 'en';

/** Says one thing in the reader’s language. */
export type Say = (ja: string, en: string) => string;

export const LANGUAGE_COOKIE = 'renkei-language';

/** What the reader chose, or else what their browser prefers (RFC 9110 §12.5.4); Japanese if it says nothing. */
export function languageOf(context: Context): Language {
  const chosen = getCookie(context, LANGUAGE_COOKIE);
  if (chosen === 'ja' || chosen === 'en') return chosen;
  const accepted = (context.req.header('accept-language') ?? 'ja')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find(Boolean);
      return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => quality > 0 && (tag === 'ja' || tag === 'en'))
    .sort((one, other) => other.quality - one.quality);
  return accepted[0]?.tag === 'en' ? 'en' : 'ja';
}

export const sayIn =
  (language: Language): Say =>
  (ja, en) =>
    language === 'ja' ? ja : en;
