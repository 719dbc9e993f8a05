/** A sentence in the two languages of the house. */
export interface Bilingual {
  readonly ja: string;
  readonly en: string;
}

const BETWEEN = ' ⁄ ';

/** Both languages in one text: what a schema's message or description can hold. */
export const say = (ja: string, en: string): string => `${ja}${BETWEEN}${en}`;

/** The two languages of a text that `say` made; a text of another origin serves for both. */
export const said = (text: string): Bilingual => {
  const at = text.indexOf(BETWEEN);
  return at < 0
    ? { ja: text, en: text }
    : { ja: text.slice(0, at), en: text.slice(at + BETWEEN.length) };
};
