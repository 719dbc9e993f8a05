/**
 * Text with its brackets and quotations folded into one character each, so that what stands outside
 * of them can be searched with plain regular expressions. The characters are private ones that no
 * statute uses.
 */
export interface Folded {
  readonly text: string;
  /** The text again, each folded part as `write` gives it (default: as it was). */
  readonly unfold: (text: string, write?: (bracket: string) => string) => string;
}

/** Of a bracket （…）, of one that defines a kind of information, of a quotation 「…」. */
export const BRACKET = '\\u{100000}-\\u{100fff}';
export const DEFINING = '\\u{101000}-\\u{101fff}';
export const QUOTE = '\\u{102000}-\\u{102fff}';

const PRIVATE = /[\u{100000}-\u{102fff}]/u;
const FOLDED = new RegExp(`[${BRACKET}${DEFINING}${QUOTE}]`, 'gu');
const MOST = 0x1000;
const PAIRS: Readonly<Record<string, string>> = { '（': '）', '「': '」', '『': '』', '〔': '〕' };
const CLOSING = new Set(Object.values(PAIRS));

/** `（…以下「…」という。）`: from here on the short name stands for the phrase before it. */
export const DEFINES = /(?:以下|次|この|同)[^「」]*「([^「」]+)」という。）$/;
const DEFINES_KIND = /(?:以下|次|この|同)[^「」]*「[^「」]*情報」という。）$/;

/** Folds a text; undefined if its brackets don't match. */
export function fold(text: string): Folded | undefined {
  if (PRIVATE.test(text)) return undefined;
  const parts: string[] = [];
  const waiting: string[] = [];
  let folded = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const one = text.charAt(at);
    const closing = PAIRS[one];
    if (closing !== undefined) {
      if (waiting.length === 0) start = at;
      waiting.push(closing);
    } else if (CLOSING.has(one)) {
      if (waiting.pop() !== one) return undefined;
      if (waiting.length > 0) continue;
      if (parts.length === MOST) return undefined;
      const part = text.slice(start, at + 1);
      folded += String.fromCodePoint(planeOf(part) + parts.length);
      parts.push(part);
    } else if (waiting.length === 0) folded += one;
  }
  if (waiting.length > 0) return undefined;
  return {
    text: folded,
    unfold: (some, write = (part) => part) =>
      some.replaceAll(FOLDED, (character) => {
        const part = parts[(character.codePointAt(0) ?? 0) % MOST] ?? '';
        return part.startsWith('（') ? write(part) : part;
      }),
  };
}

function planeOf(part: string): number {
  if (!part.startsWith('（')) return 0x102000;
  return DEFINES_KIND.test(part) ? 0x101000 : 0x100000;
}
