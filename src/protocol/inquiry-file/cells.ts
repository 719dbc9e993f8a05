import { isNumberLike } from '../numbers/number-like.ts';
import { finding, type Problem } from './problems.ts';
import type { RowFinding } from './row.ts';

// Also what stands between characters unseen: a mark of the byte order, joiners, directions of writing.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const SPACES_AROUND = /^ +| +$/g;

export interface CellForm {
  readonly name: string;
  /** Exact width of a cell that is not empty. */
  readonly width?: number;
  /** Of the content, without the spaces around. */
  readonly form: RegExp;
  readonly needed?: boolean | undefined;
}

/** Reads the cells of one row, and gathers what is wrong with them. */
export class Cells {
  readonly findings: RowFinding[] = [];

  add(problem: Problem, column?: string): undefined {
    this.findings.push(finding(problem, column));
    return undefined;
  }

  /** The content of a cell; undefined for none, and after a finding. */
  read(cell: string, { name, width, form, needed }: CellForm): string | undefined {
    if (UNSEEN.test(cell)) return this.add('control_character', name);
    const content = cell.replaceAll(SPACES_AROUND, '');
    if (isNumberLike(content)) return this.add('individual_number', name);
    if (content === '') {
      if (needed) return this.add('missing', name);
      return width !== undefined && cell.length > width ? this.add('wrong_width', name) : undefined;
    }
    if (!form.test(content)) {
      const halved = content.normalize('NFKC').trim();
      const full = halved !== content && form.test(halved);
      return this.add(full ? 'full_width' : 'wrong_form', name);
    }
    if (width !== undefined && cell.length !== width) return this.add('wrong_width', name);
    return content;
  }

  /** Days of eight digits, or YYYY-MM-DD. @returns the span with both ends as YYYY-MM-DD; undefined for none */
  period(
    from: { readonly content: string | undefined; readonly name: string },
    until: { readonly content: string | undefined; readonly name: string },
  ): { from?: string; until?: string } | undefined {
    const [first, last] = [from, until].map(({ content, name }) => {
      const day = content?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
      return day === undefined || isDay(day) ? day : this.add('no_such_date', name);
    });
    if (first !== undefined && last !== undefined && last < first) {
      return this.add('ends_before_it_begins', until.name);
    }
    if (first === undefined && last === undefined) return undefined;
    return {
      ...(first !== undefined && { from: first }),
      ...(last !== undefined && { until: last }),
    };
  }
}

/** Whether the calendar has this day, YYYY-MM-DD. */
export function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day;
}
