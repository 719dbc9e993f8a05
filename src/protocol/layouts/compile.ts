import { informationCode } from '../permission/codes.ts';
import { type ItemForm, itemForm, type Value } from './item-form.ts';
import type { Layout } from './layout.ts';

/** A layout for one kind of information, ready to check with. */
export interface Form {
  /** Code of the kind of information, and its name. */
  readonly information: string;
  readonly name: string;
  readonly version: string;
  readonly datedBy: string | undefined;
  readonly items: readonly ItemForm[];
  /** Where in `items` the key items stand; empty when records may be alike. */
  readonly key: readonly number[];
  /** The key of a record whose values stand in the order of the items; undefined when there is none. */
  keyOf(values: readonly Value[]): string | undefined;
  /** The records’ JSON, items in order: the same values always give the same text. */
  json(values: readonly Value[]): string;
}

/** The layouts that all parties go by. */
export interface Layouts {
  /** By code of the kind of information and version. */
  find(information: string, version: string): Form | undefined;
  /** In the order in which they were given. */
  readonly all: readonly Form[];
}

/** @throws RangeError for two layouts of the same kind and version */
export function compileLayouts(layouts: readonly Layout[]): Layouts {
  const all = layouts.flatMap((layout) => layout.information.map((name) => compile(layout, name)));
  const known = new Map(all.map((form) => [`${form.information} ${form.version}`, form]));
  if (known.size < all.length) throw new RangeError('two layouts of the same kind and version');
  return { all, find: (information, version) => known.get(`${information} ${version}`) };
}

/** What JSON writes otherwise than it is. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;

/** As JSON.stringify writes it; most texts need no look at every character twice. */
const jsonOf = (value: Value): string =>
  typeof value === 'string' && !ESCAPED.test(value) ? `"${value}"` : JSON.stringify(value);

function compile(layout: Layout, name: string): Form {
  // What stands before each value of a record: names are the same in all of them.
  const before = layout.items.map(
    (item, at) => `${at === 0 ? '{' : ','}${JSON.stringify(item.name)}:`,
  );
  const key = layout.key.map((keyed) => layout.items.findIndex((item) => item.name === keyed));
  return {
    information: informationCode(name),
    name,
    version: layout.version,
    datedBy: layout.datedBy,
    items: layout.items.map(itemForm),
    key,
    keyOf: (values) =>
      key.length === 0 ? undefined : JSON.stringify(key.map((at) => values[at] ?? null)),
    json(values) {
      let text = '';
      for (let at = 0; at < before.length; at++) text += before[at] + jsonOf(values[at] ?? null);
      return `${text}}`;
    },
  };
}
