import { isIndividualNumber } from '../numbers/individual-number.ts';
import { isNumberLike } from '../numbers/number-like.ts';
import { charactersProblem, hasFullWidthDigits } from './characters.ts';
import { dateProblem, isMonth, yearOf } from './dates.ts';
import type { LayoutItem, NumberItem, TextItem } from './layout.ts';
import type { FormReason } from './reasons.ts';

export type Value = string | number | null;

/** What is wrong with a value. One object for each reason, so that telling it costs nothing. */
export class Wrong {
  readonly reason: FormReason;
  constructor(reason: FormReason) {
    this.reason = reason;
  }
}

const made = new Map<FormReason, Wrong>();
const wrong = (reason: FormReason): Wrong => {
  const known = made.get(reason) ?? new Wrong(reason);
  made.set(reason, known);
  return known;
};

/** The form of one item, compiled. */
export interface ItemForm {
  readonly item: LayoutItem;
  /** A cell of a file as the value that a record has for it; an empty one is null. */
  readonly read: (cell: string) => Value | Wrong;
  /** What is wrong with a value of a record, if anything. */
  readonly check: (value: unknown) => Wrong | undefined;
}

type Read = (cell: string) => Value | Wrong;

export function itemForm(item: LayoutItem): ItemForm {
  const full = reading(item);
  const empty = item.required ? wrong('required') : null;
  const numeric = item.type === 'integer' || item.type === 'decimal' || item.type === 'year';
  return {
    item,
    read: (cell) => (cell === '' ? empty : full(cell)),
    check(value) {
      if (value === null) return empty ?? undefined;
      if (typeof value !== (numeric ? 'number' : 'string')) return wrong('wrong_type');
      // An empty text would come back as null from a file.
      if (value === '') return wrong(item.required ? 'required' : 'wrong_type');
      const read = full(String(value));
      return read instanceof Wrong ? read : undefined;
    },
  };
}

/** How a cell that is not empty is read. */
function reading(item: LayoutItem): Read {
  switch (item.type) {
    case 'text':
      return textReading(item);
    case 'integer':
      return numberReading(item, /^-?(?:0|[1-9][0-9]{0,14})$/, 'not_integer');
    case 'decimal':
      return numberReading(
        item,
        new RegExp(`^-?(?:0|[1-9][0-9]{0,11})(?:\\.[0-9]{1,${item.decimals}})?$`),
        'not_decimal',
      );
    case 'code':
      return codeReading(new Set(item.codes));
    case 'date':
      return (cell) => {
        const problem = dateProblem(cell);
        return problem === undefined ? cell : digitsOr(cell, problem);
      };
    case 'month':
      return (cell) => (isMonth(cell) ? cell : digitsOr(cell, 'not_month'));
    case 'year':
      return (cell) => {
        const year = yearOf(cell);
        return year < 0 ? digitsOr(cell, 'not_year') : year;
      };
    case 'individual_number':
      return (cell) => {
        if (isIndividualNumber(cell)) return cell;
        return /^[0-9]{12}$/.test(cell)
          ? wrong('check_digit')
          : digitsOr(cell, 'not_individual_number');
      };
  }
}

/** Full-width digits look right to whoever wrote them: told as what they are. */
const digitsOr = (cell: string, reason: FormReason): Wrong =>
  wrong(hasFullWidthDigits(cell) ? 'full_width_digits' : reason);

function textReading({ max, characters, formulas }: TextItem): Read {
  return (cell) => {
    // A code point has one or two units: most texts need not be counted.
    if (cell.length > max && (cell.length > 2 * max || [...cell].length > max)) {
      return wrong('too_long');
    }
    const problem = charactersProblem(cell, characters, formulas);
    return problem === undefined ? cell : wrong(problem);
  };
}

function numberReading({ least, most }: NumberItem, form: RegExp, reason: FormReason): Read {
  return (cell) => {
    if (!form.test(cell)) return digitsOr(cell, reason);
    // No amount is as large; a number in the wrong column is.
    if (isNumberLike(cell)) return wrong('individual_number');
    const value = Number(cell);
    if (value < least) return wrong('too_small');
    if (value > most) return wrong('too_large');
    // There is no minus zero in JSON.
    return value === 0 ? 0 : value;
  };
}

const codeReading =
  (codes: ReadonlySet<string>): Read =>
  (cell) =>
    codes.has(cell) ? cell : digitsOr(cell, 'not_in_code_list');
