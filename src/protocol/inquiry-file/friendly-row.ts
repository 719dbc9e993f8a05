import { affairCode, informationCode } from '../permission/codes.ts';
import { type CellForm, Cells } from './cells.ts';
import { plainName } from './columns.ts';
import { finding } from './problems.ts';
import type { RowFinding, RowReader } from './row.ts';

const NAME = /^.{1,1000}$/su;
const DAY = /^(\d{8}|\d{4}-\d{2}-\d{2})$/;

type Key = 'person' | 'item' | 'affair' | 'provider' | 'information' | 'from' | 'until';

/** The columns of a friendly file: names in either language, in any order, found by the header. */
const FRIENDLY: Readonly<Record<Key, CellForm & { readonly names: readonly string[] }>> = {
  person: {
    name: '統合宛名番号',
    names: ['統合宛名番号', '団体内統合宛名番号', '宛名番号', 'person', 'address number'],
    form: /^[0-9]{15}$/,
    needed: true,
  },
  item: { name: '項', names: ['項', 'item'], form: /^[0-9]{1,4}(の[0-9]{1,4}){0,3}$/ },
  affair: { name: '事務', names: ['事務', '事務コード', 'affair'], form: NAME },
  provider: {
    name: '情報提供者',
    names: ['情報提供者', '情報提供者機関コード', '提供者', 'provider'],
    form: /^[0-9]{5}$/,
    needed: true,
  },
  information: {
    name: '特定個人情報',
    names: ['特定個人情報', '特定個人情報名', '特定個人情報名コード', 'information'],
    form: NAME,
    needed: true,
  },
  from: { name: '開始日', names: ['開始日', '照会開始日付', 'from'], form: DAY },
  until: { name: '終了日', names: ['終了日', '照会終了日付', 'until'], form: DAY },
};
const KEYS = Object.keys(FRIENDLY) as readonly Key[];
const byName = new Map(KEYS.flatMap((key) => FRIENDLY[key].names.map((name) => [name, key])));
const keyOf = (cell: string): Key | undefined => byName.get(plainName(cell).toLowerCase());

/** The names of the columns as the writer puts them into the header. */
export const FRIENDLY_HEADER: readonly string[] = KEYS.map((key) => FRIENDLY[key].name);

/** Whether a record is the header of a friendly file. */
export const isFriendlyHeader = (cells: readonly string[]): boolean =>
  cells.some((cell) => keyOf(cell) !== undefined);

/** A reader for the rows under this header, or what is wrong with the header. */
export function friendlyReader(
  header: readonly string[],
): { readonly reader: RowReader } | { readonly findings: readonly RowFinding[] } {
  const findings: RowFinding[] = [];
  const keys = header.map(keyOf);
  keys.forEach((key, at) => {
    const name = String(at + 1);
    if (key === undefined) findings.push(finding('unknown_column', name));
    else if (keys.indexOf(key) < at) findings.push(finding('column_twice', name));
  });
  const has = (key: Key) => keys.includes(key);
  for (const key of KEYS) {
    if (FRIENDLY[key].needed && !has(key)) {
      findings.push(finding('column_missing', FRIENDLY[key].name));
    }
  }
  if (!has('item') && !has('affair')) findings.push(finding('column_missing', '事務, 項'));
  return findings.length > 0 ? { findings } : { reader: readerOf(keys) };
}

const readerOf =
  (keys: readonly (Key | undefined)[]): RowReader =>
  (cells) => {
    if (cells.length !== keys.length) return { findings: [finding('wrong_column_count')] };
    const row = new Cells();
    const it: Partial<Record<Key, string | undefined>> = {};
    keys.forEach((key, at) => {
      if (key) it[key] = row.read(cells[at] ?? '', FRIENDLY[key]);
    });
    const { person, item, affair, provider, information } = it;
    const period = row.period(
      { content: it.from, name: FRIENDLY.from.name },
      { content: it.until, name: FRIENDLY.until.name },
    );
    if (row.findings.length === 0 && item === undefined && affair === undefined) {
      row.add('missing', '事務, 項');
    }
    if (row.findings.length > 0 || !person || !provider || !information) {
      return { findings: row.findings };
    }
    const ask = {
      integratedAddressNumber: person,
      provider,
      ...(item !== undefined && { item }),
      ...(affair !== undefined && { affair: codeOf(affair, /^JM[0-9]{14}$/, affairCode) }),
      information: codeOf(information, /^TM[0-9]{14}$/, informationCode),
      ...(period && { period }),
    };
    return { row: { ask } };
  };

const codeOf = (text: string, code: RegExp, make: (name: string) => string): string =>
  code.test(text) ? text : make(text);
