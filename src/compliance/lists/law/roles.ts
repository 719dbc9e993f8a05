import { withoutAsides } from './brackets.ts';
import { AND_OR } from './closing.ts';
import { DEFINES, fold } from './folded.ts';
import type { CellDoubt } from './report.ts';

/** The roles or kinds of information that a cell names. */
export interface Names {
  readonly names: readonly string[];
  readonly doubts: readonly CellDoubt[];
}

/** What the name of an office or a body ends with. */
const OFFICE =
  /(?:大臣|知事|[市町村区]長|の長|長官|理事長|連合|連合会|組合|協会|協議会|基金|機構|委員会|事業団|センター|保険者|大学|等)$/;
/**
 * Words that describe. Before an "or" they may describe what comes after it as well
 * (…に規定する事業主体である都道府県知事又は市町村長), so the words can't be cut apart.
 */
const DESCRIBES =
  /する|した|された|される|ている|である|行う|による|基づく|係る|おける|得た|定める|条|その他/;

/**
 * The roles of a cell: 「都道府県知事、広島市長又は長崎市長」 are three. A short name that is defined at the end
 * stands for all that the cell names, or for its last role if the words before are roles by themselves.
 */
export function rolesOf(cell: string): Names {
  const short = DEFINES.exec(cell)?.[1];
  const folded = fold(cell);
  const parts = (folded?.text.split(new RegExp(AND_OR, 'u')) ?? [cell]).map((part) =>
    withoutAsides(folded?.unfold(part) ?? part),
  );
  const doubts = parts.flatMap((part) => part.doubts);
  const names = parts.map(({ text }) => text);
  const apart = names.length === 1 || partable(names);
  if (short !== undefined) {
    doubts.push({ code: 'short_name', text: cell });
    const others = apart && !short.endsWith('等') ? names.slice(0, -1) : [];
    return { names: once([...others, short], cell, doubts), doubts };
  }
  if (!apart) {
    const { text } = withoutAsides(cell);
    doubts.push({ code: 'kept_whole', text });
    return { names: [text], doubts };
  }
  return { names: once(names, cell, doubts), doubts };
}

/** Only the last part may be described, and no part may sum up the others (…その他の…). */
const partable = (names: readonly string[]): boolean =>
  names.every((name, at) => {
    const last = at === names.length - 1;
    return last
      ? !/その他/.test(name) && (OFFICE.test(name) || /者$/.test(name))
      : OFFICE.test(name) && !DESCRIBES.test(name);
  });

/** Each name once; naming one twice is worth a look. */
export function once(
  names: readonly string[],
  cell: string,
  doubts: CellDoubt[],
): readonly string[] {
  const distinct = [...new Set(names)];
  if (distinct.length < names.length) doubts.push({ code: 'named_twice', text: cell });
  return distinct;
}
