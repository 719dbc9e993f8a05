import { withoutAsides } from './brackets.ts';
import { AND_OR, withoutClosing } from './closing.ts';
import { BRACKET, DEFINES, DEFINING, fold } from './folded.ts';
import type { CellDoubt } from './report.ts';
import { type Names, once } from './roles.ts';

/** Directly after a kind of information (and its brackets), a word of a list begins the next one. */
const BETWEEN_KINDS = new RegExp(
  `(?<=(?:情報|[${DEFINING}])[${BRACKET}${DEFINING}]*)${AND_OR}`,
  'u',
);
/** 「…情報の提供」: here 情報 ends no kind of information. */
const INNER = /情報[のをにと]/;

/** The kinds of information of a cell, and the articles that narrow them. */
export interface InformationCell extends Names {
  readonly articles: readonly string[];
}

/**
 * Splits a cell only where each part is itself a kind of information; a short name that is defined
 * there (以下「地方税関係情報」という。) stands for the phrase that defines it.
 */
export function informationOf(cell: string): InformationCell {
  const folded = fold(cell);
  if (folded === undefined) {
    return { names: [cell], articles: [], doubts: [{ code: 'brackets_unbalanced', text: cell }] };
  }
  const { text, articles } = withoutClosing(folded);
  const parts = text.split(BETWEEN_KINDS);
  const whole = parts.length > 1 && parts.some((part) => INNER.test(part));
  const doubts: CellDoubt[] = [];
  const names = (whole ? [text] : parts).map((part) => {
    const { name, doubts: found } = kindOf(folded.unfold(part));
    doubts.push(...found);
    return name;
  });
  return { names: once(names, cell, doubts), articles, doubts };
}

function kindOf(part: string): { name: string; doubts: readonly CellDoubt[] } {
  const folded = fold(part);
  const defined = DEFINES.exec(part)?.[1];
  if (defined?.endsWith('情報')) return { name: defined, doubts: [] };
  const cleaned = withoutAsides(part);
  const doubts = [...cleaned.doubts];
  if (!/情報(?:（.*）)?$/.test(cleaned.text)) doubts.push({ code: 'unusual', text: part });
  // Other lists inside one kind (…若しくは…に関する情報) are the law's way of describing it; but it may
  // be two kinds that share their ending.
  if (folded !== undefined && new RegExp(AND_OR, 'u').test(folded.text)) {
    doubts.push({ code: 'kept_whole', text: cleaned.text });
  }
  return { name: cleaned.text, doubts };
}
