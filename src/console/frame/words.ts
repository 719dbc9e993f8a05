import type { Say } from './language.ts';

export type Words = Readonly<Record<string, readonly [ja: string, en: string]>>;

/** Says names by a table; what is in no table is said as it is, for it may come of a later version. */
export const wordsIn =
  (words: Words) =>
  (say: Say, name: string): string => {
    const found = Object.hasOwn(words, name) ? words[name] : undefined;
    return found ? say(...found) : name;
  };
