import type { Layout } from '../../protocol/layouts/layout.ts';
import { readDocument } from '../config/document.ts';
import { explain, type Finding } from '../config/explain.ts';
import { ConfigInvalid, type ConfigProblem } from '../config/invalid.ts';
import { keysIn } from '../config/json-schema.ts';
import { nearest } from '../config/nearest.ts';
import { problemsOf } from '../config/read.ts';
import { layoutJsonSchema } from './json-schema.ts';
import { type LayoutFile, LayoutSchema } from './schema.ts';

/** A layout file that cannot be used: file, line, column, key and reason, as for renkei.yaml. */
export class LayoutInvalid extends ConfigInvalid {
  override readonly name = 'LayoutInvalid';
}

/**
 * Reads a layout file.
 * @param text YAML 1.2 (JSON is YAML)
 * @param file its name, for the messages
 * @throws LayoutInvalid naming everything that is wrong
 */
export function readLayout(text: string, file: string): Layout {
  const { value, locate } = documentOf(text, file);
  const refuse = (findings: readonly Finding[]): void => {
    const [first, ...others] = problemsOf(findings, locate);
    if (first) throw new LayoutInvalid(file, [first, ...others]);
  };
  const result = LayoutSchema.safeParse(value, { reportInput: true });
  if (!result.success) {
    const schema = layoutJsonSchema();
    refuse(explain(result.error.issues, (path) => keysIn(schema, path)));
    throw result.error;
  }
  refuse(inconsistencies(result.data));
  return result.data;
}

function documentOf(text: string, file: string) {
  try {
    return readDocument(text, file);
  } catch (cause) {
    if (!(cause instanceof ConfigInvalid)) throw cause;
    throw new LayoutInvalid(file, cause.problems, { cause });
  }
}

/** What no single value shows. */
function inconsistencies({ information, items, datedBy, key }: LayoutFile): Finding[] {
  const names = items.map(({ name }) => name);
  const twice = (values: readonly string[], path: string, of: string): Finding[] =>
    values.flatMap((value, at) =>
      values.indexOf(value) === at
        ? []
        : [{ path: [path, at, ...(of === '' ? [] : [of])], reason: TWICE }],
    );
  const known = (name: string, path: Finding['path']): Finding[] => {
    const meant = nearest(name, names);
    if (names.includes(name)) return [];
    const hint = meant && { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` };
    return [{ path, reason: NO_ITEM, ...(hint && { hint }) }];
  };
  return [
    ...twice(information, 'information', ''),
    ...twice(names, 'items', 'name'),
    ...twice(key, 'key', ''),
    ...key.flatMap((name, at) => known(name, ['key', at])),
    ...(datedBy === undefined ? [] : dating(datedBy, items, known)),
    ...items.flatMap((item, at): Finding[] => {
      if (item.type === 'code') {
        const again = item.codes.findIndex((code, place) => item.codes.indexOf(code) < place);
        return again < 0 ? [] : [{ path: ['items', at, 'codes', again], reason: TWICE }];
      }
      const turned = 'least' in item && item.least > item.most;
      return turned ? [{ path: ['items', at, 'most'], reason: TURNED }] : [];
    }),
  ];
}

function dating(
  datedBy: string,
  items: LayoutFile['items'],
  known: (name: string, path: Finding['path']) => Finding[],
): Finding[] {
  const type = items.find(({ name }) => name === datedBy)?.type;
  if (type === undefined) return known(datedBy, ['datedBy']);
  const dated = type === 'date' || type === 'month' || type === 'year';
  return dated ? [] : [{ path: ['datedBy'], reason: NOT_DATED }];
}

const TWICE = { ja: '二度書かれています', en: 'written twice' };
const NO_ITEM = { ja: 'この名称の項目がありません', en: 'there is no item of this name' };
const NOT_DATED = {
  ja: '日付、年月、西暦年の項目でなければなりません',
  en: 'must be an item of type date, month or year',
};
const TURNED = { ja: '最大が最小より小さくなっています', en: 'is less than `least`' };

export const problem = (ja: string, en: string): ConfigProblem => ({ reason: { ja, en } });
