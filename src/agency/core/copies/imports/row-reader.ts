import type { Form } from '../../../../protocol/layouts/compile.ts';
import { dateProblem } from '../../../../protocol/layouts/dates.ts';
import { type Value, Wrong } from '../../../../protocol/layouts/item-form.ts';
import { wordsFor } from '../../../../protocol/layouts/reasons.ts';
import { isIntegratedAddressNumber } from '../../../../protocol/numbers/integrated-address-number.ts';
import { isNumberLike } from '../../../../protocol/numbers/number-like.ts';
import { ALWAYS } from '../ports.ts';
import type { FileColumn, FilePlan } from './file-plan.ts';
import type { ImportFindings } from './import-findings.ts';
import type { StagedRows } from './ports.ts';

export interface FileRow {
  /** Of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row whose cells all have their form. */
export interface RightRow extends Omit<StagedRows, 'records'> {
  /** JSON of the one record. */
  readonly record: string;
  /** Its key items, where the layout has any. */
  readonly key: string | undefined;
}

const WORDS = {
  row_short: { ja: '列が見出しより少ない行です', en: 'fewer columns than the header' },
  row_long: { ja: '列が見出しより多い行です', en: 'more columns than the header' },
  not_address_number: {
    ja: '統合宛名番号（半角15桁の数字）ではありません',
    en: 'not an integrated address number (fifteen digits)',
  },
  not_flag: { ja: '0、1、空のいずれでもありません', en: 'neither 0, 1 nor empty' },
  ended_before_published: { ja: '終了日が公開日より前です', en: 'ended before it was published' },
} as const;

/**
 * Reads rows by a plan. What is wrong is added to the findings: never a value, and never for a row that could be
 * read no further.
 * @returns the row, or undefined if anything in it is wrong
 */
export function rowReader(
  plan: FilePlan,
  form: Form | undefined,
  findings: ImportFindings,
  markWrong: (person: string) => void,
): (row: FileRow) => RightRow | undefined {
  const { width, columns, items, names } = plan;
  const forms = items.map((_, at) => form?.items[at]);
  const cellOf = (cells: readonly string[], column: FileColumn): string => {
    const at = columns[column];
    return at === undefined ? '' : (cells[at] ?? '');
  };
  return ({ line, cells }) => {
    const before = findings.count;
    const wrong = (problem: keyof typeof WORDS, column?: number) =>
      findings.add(line, problem, WORDS[problem], column === undefined ? undefined : names[column]);
    if (cells.length !== width) wrong(cells.length < width ? 'row_short' : 'row_long');

    const person = cellOf(cells, 'person');
    const named = isIntegratedAddressNumber(person);
    if (!named && isNumberLike(person)) {
      const column = names[columns.person ?? 0];
      findings.add(line, 'individual_number', wordsFor('individual_number'), column);
    } else if (!named) wrong('not_address_number', columns.person);
    if (cells.length !== width) {
      if (named) markWrong(person);
      return undefined;
    }

    const day = (column: FileColumn): string => {
      const cell = cellOf(cells, column);
      // An export says so of what counts always.
      const problem = cell === '' || cell === ALWAYS ? undefined : dateProblem(cell);
      if (problem !== undefined) {
        findings.add(line, problem, wordsFor(problem), names[columns[column] ?? 0]);
      }
      return cell;
    };
    const flag = (column: FileColumn): boolean | undefined => {
      const cell = cellOf(cells, column);
      if (cell !== '' && cell !== '0' && cell !== '1') wrong('not_flag', columns[column]);
      return cell === '' ? undefined : cell === '1';
    };
    const published = day('published');
    const ended = day('ended');
    if (published !== '' && ended !== '' && ended < published && findings.count === before) {
      wrong('ended_before_published', columns.ended);
    }
    const autoResponseDisabled = flag('autoResponseDisabled');
    const nonDisclosable = flag('nonDisclosable');

    const values: Value[] = [];
    for (let at = 0; at < forms.length; at++) {
      const column = items[at];
      const itemForm = forms[at];
      if (column === undefined || itemForm === undefined) continue;
      const value = itemForm.read(cells[column] ?? '');
      if (value instanceof Wrong) {
        findings.add(line, value.reason, wordsFor(value.reason, itemForm.item), names[column]);
        values.push(null);
      } else values.push(value);
    }
    if (findings.count > before) {
      if (named) markWrong(person);
      return undefined;
    }
    return {
      line,
      person,
      published: published === '' ? undefined : published,
      ended: columns.ended === undefined ? undefined : ended,
      autoResponseDisabled,
      nonDisclosable,
      record: form === undefined ? '' : form.json(values),
      key: form?.keyOf(values),
    };
  };
}
