import { BRACKET, DEFINING, type Folded } from './folded.ts';
import { numberOf } from './numbers.ts';

/** The words between the entries of a list, as part of a regular expression. */
export const AND_OR = '(?:、(?:又は|若しくは|及び|並びに)?|又は|若しくは|及び|並びに)';

const CLOSING = new RegExp(
  `(?<=事務|情報|事項|[${BRACKET}${DEFINING}])であって([^、]{0,60}?)定めるもの(?=$|${AND_OR})`,
  'gu',
);
const ARTICLE = /^第([^条]+)条((?:の[〇一二三四五六七八九十0-9０-９]+)*)/;

/** A folded text without 「であって…で定めるもの」, and the articles that those words named. */
export function withoutClosing(folded: Folded): { text: string; articles: readonly string[] } {
  const articles: string[] = [];
  const text = folded.text.replaceAll(CLOSING, (_, by: string) => {
    const [, number, branches] = ARTICLE.exec(by) ?? [];
    const article = number === undefined ? undefined : numberOf(`${number}${branches}`);
    if (article !== undefined) articles.push(article);
    return '';
  });
  return { text, articles };
}
