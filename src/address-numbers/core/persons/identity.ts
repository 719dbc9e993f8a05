import type { Basics } from './person.ts';

/** What is compared. */
export type Item = keyof Basics;
export type Verdict = 'match' | 'no_match' | 'not_held';

const ITEMS: readonly Item[] = ['name', 'kana', 'birthDate', 'sex', 'address'];

/**
 * Compares what somebody says of a person with what is held, item by item. Widths, spaces, variation selectors,
 * hiragana and katakana, and the ways to write a block and a number make no difference; anything else does.
 * @returns a verdict for each item that was told, and nothing of what is held
 */
export function compareIdentity(
  held: Basics | undefined,
  told: { readonly [Key in Item]?: string | undefined },
): { readonly [Key in Item]?: Verdict } {
  return Object.fromEntries(
    ITEMS.flatMap((item) => {
      const said = told[item];
      return said === undefined ? [] : [[item, verdict(item, held?.[item], said)]];
    }),
  );
}

function verdict(item: Item, held: string | undefined, said: string): Verdict {
  if (held === undefined) return 'not_held';
  return plain(item, held) === plain(item, said) ? 'match' : 'no_match';
}

/** A spelling that all spellings of the same value share; empty for what says nothing. */
export function plain(item: Item, text: string): string {
  // Before and after: a space may stand between a half-width kana and its mark, and NFKC makes new ones.
  const letters = bare(bare(text).normalize('NFKC'));
  if (item === 'kana') return plainKana(letters);
  if (item === 'name') return katakana(letters);
  return item === 'address' ? plainAddress(letters) : letters;
}

const bare = (text: string): string =>
  text.replace(/\p{White_Space}|\p{Cf}|\p{Variation_Selector}/gu, '');

/** What doubly registered persons have in common: reading, birth date, sex. Spellings of a name differ more. */
export const likenessOf = (basics: Basics): string =>
  JSON.stringify([plain('kana', basics.kana), basics.birthDate, basics.sex]);

const katakana = (text: string): string =>
  text.replace(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));

const SMALL = 'ァィゥェォッャュョヮヵヶ';
const LARGE = 'アイウエオツヤユヨワカケ';
/** Older files know no small kana, and write the long vowel with whatever dash was at hand. */
const plainKana = (text: string): string =>
  katakana(text)
    .replace(/[ァィゥェォッャュョヮヵヶ]/g, (letter) => LARGE[SMALL.indexOf(letter)] ?? letter)
    .replace(/[-\u2010-\u2015\u2212]/g, 'ー');

const KANJI_DIGITS = '〇一二三四五六七八九';
/** 二十三 → 23; up to 99, as districts are counted. */
const kanjiNumber = (text: string): string => {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const digit = (kanji: string | undefined, none: number) =>
    kanji ? KANJI_DIGITS.indexOf(kanji) : none;
  return String((text.includes('十') ? digit(tens, 1) * 10 : 0) + digit(ones, 0));
};

/** 一丁目2番3号, 1丁目２番地３ and 1-2-3 are one place. */
const plainAddress = (text: string): string =>
  text
    .replace(/[〇一二三四五六七八九]?十?[〇一二三四五六七八九]?(?=丁目)/g, (number) =>
      number === '' ? '' : kanjiNumber(number),
    )
    .replace(/(?<=[0-9])(?:丁目|番地の|番地|番|号室|号|の|ノ)/g, '-')
    .replace(/(?<=[0-9])[\u2010-\u2015\u2212ー]/g, '-')
    .replace(/-+(?=-|$)/g, '')
    .toUpperCase();
