import { fold } from './folded.ts';
import type { CellDoubt } from './report.ts';

/** A text without what brackets say beside the point, and what couldn't be judged. */
export interface Cleaned {
  readonly text: string;
  readonly doubts: readonly CellDoubt[];
}

const NUMERAL = '[元0-9０-９〇一二三四五六七八九十百千]+';
/** 昭和二十三年法律第六十八号, and notices: 昭和二十九年五月八日社発第三百八十二号厚生省社会局長通知. */
const LAW_NUMBER = new RegExp(
  `^(?:明治|大正|昭和|平成|令和)${NUMERAL}年[^。]*第${NUMERAL}号[^。]*$`,
);
const SAME_BELOW = /同じ$/;
const DEFINITION = /「[^「」]+」という$/;
/** 第百四十二条において「…」という: a short name for that article, not for the table. */
const ELSEWHERE = /^第[^「」]*において「[^「」]+」という$/;
const EXPLANATION = /をいう$/;
const LIMIT = /(?:に限る|を除く|を含む)$/;

/**
 * Takes law numbers, definitions (以下「…」という。) and explanations (…をいう。) out of brackets and
 * leaves limits (…に限る。, …を除く。) and what belongs to a name (（公共供給型）).
 */
export function withoutAsides(text: string): Cleaned {
  const folded = fold(text);
  if (folded === undefined) return { text, doubts: [{ code: 'brackets_unbalanced', text }] };
  const doubts: CellDoubt[] = [];
  const cleaned = folded.unfold(folded.text, (bracket) => {
    const judged = judge(bracket.slice(1, -1));
    doubts.push(...judged.doubts);
    return judged.text === '' ? '' : `（${judged.text}）`;
  });
  return { text: cleaned, doubts };
}

/** What stays of a bracket's content, sentence by sentence. */
function judge(content: string): Cleaned {
  const folded = fold(content);
  if (folded === undefined) return { text: content, doubts: [] };
  const doubts: CellDoubt[] = [];
  const kept = folded.text
    .split(/(?<=。)/)
    .map((one) => folded.unfold(one))
    .filter((sentence) => {
      const bare = sentence.replace(/。$/, '');
      if (ELSEWHERE.test(bare)) doubts.push({ code: 'bracket_kept', text: `（${content}）` });
      else if (DEFINITION.test(bare) || SAME_BELOW.test(bare)) return false;
      else if (LAW_NUMBER.test(bare) || EXPLANATION.test(bare)) return false;
      else if (sentence.endsWith('。') && !LIMIT.test(bare)) {
        doubts.push({ code: 'bracket_kept', text: `（${content}）` });
      }
      return true;
    })
    .map((sentence) => {
      const inner = withoutAsides(sentence);
      doubts.push(...inner.doubts);
      return inner.text;
    });
  return { text: kept.join(''), doubts };
}
