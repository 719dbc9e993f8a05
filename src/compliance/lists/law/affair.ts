import { withoutAsides } from './brackets.ts';
import { withoutClosing } from './closing.ts';
import { fold } from './folded.ts';
import type { CellDoubt } from './report.ts';

/** An affair (事務) as its cell names it. */
export interface AffairCell {
  readonly name: string;
  /** Article of the same law that narrows the item: 「…事務であって第三条で定めるもの」. */
  readonly article?: string;
  readonly doubts: readonly CellDoubt[];
}

/** The name of an affair, without asides and closing words. */
export function affairOf(cell: string): AffairCell {
  const folded = fold(cell);
  if (folded === undefined) {
    return { name: cell, doubts: [{ code: 'brackets_unbalanced', text: cell }] };
  }
  const closed = withoutClosing(folded);
  const cleaned = withoutAsides(folded.unfold(closed.text));
  const doubts = [...cleaned.doubts];
  if (!/(?:事務|）)$/.test(cleaned.text)) doubts.push({ code: 'unusual', text: cell });
  const [article] = closed.articles;
  return { name: cleaned.text, ...(article !== undefined && { article }), doubts };
}
