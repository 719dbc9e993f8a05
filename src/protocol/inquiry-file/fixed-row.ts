import type { Period } from '../identifiers.ts';
import { Cells, isDay } from './cells.ts';
import { COLUMNS, type ColumnKey, KEYS } from './columns.ts';
import { finding } from './problems.ts';
import type { RowReading } from './row.ts';

/**
 * Reads one row of an inquiry file. The person is named by 統合宛名番号, or by 宛名番号 where that one is empty: in the
 * simulator they are one numbering (番号体系 01).
 */
export function readFixedRow(cells: readonly string[]): RowReading {
  if (cells.length !== KEYS.length) return { findings: [finding('wrong_column_count')] };
  const row = new Cells();
  const it: Partial<Record<ColumnKey, string | undefined>> = {};
  KEYS.forEach((key, at) => {
    it[key] = row.read(cells[at] ?? '', COLUMNS[key]);
  });
  const wrong = (key: ColumnKey, problem: Parameters<typeof finding>[0]) =>
    row.add(problem, COLUMNS[key].name);

  if (it.scheme !== undefined && Number(it.scheme) !== 1) wrong('scheme', 'not_simulated');
  if (it.requestedAt !== undefined && !isInstant(it.requestedAt)) {
    wrong('requestedAt', 'no_such_date');
  }
  const own = it.addressNumber?.padStart(15, '0');
  const integrated = it.integratedAddressNumber?.padStart(15, '0');
  const person = integrated ?? own;
  if (own !== undefined && own !== person) wrong('addressNumber', 'numbers_differ');
  const inquirer = it.inquirer?.slice(-5);
  const provider = it.provider?.slice(-5);
  // Nobody asks or answers for another here: only itself may be named.
  const apart = (other: string | undefined, itself: string | undefined) =>
    other !== undefined && other.slice(-5) !== itself;
  if (apart(it.inquirerFor, inquirer)) wrong('inquirerFor', 'not_simulated');
  if (apart(it.providerFor, provider)) wrong('providerFor', 'not_simulated');
  // A fiscal year would ask for another span than the dates say.
  if (it.year !== undefined && it.year !== '0') wrong('year', 'not_simulated');
  const period = row.period(
    { content: it.from, name: COLUMNS.from.name },
    { content: it.until, name: COLUMNS.until.name },
  );

  if (row.findings.length === 0 && person === undefined) wrong('addressNumber', 'missing');
  const { affair, information } = it;
  if (row.findings.length > 0 || !person || !affair || !provider || !information) {
    return { findings: row.findings };
  }
  const ask = { integratedAddressNumber: person, provider, affair, information };
  return { row: { inquirer, ask: { ...ask, ...(period && { period }) } } };
}

/** yyyyMMddHHmmssSSS */
function isInstant(digits: string): boolean {
  const [year, month, day, hour = '', minute = '', second = ''] =
    digits.match(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})/)?.slice(1) ?? [];
  return isDay(`${year}-${month}-${day}`) && hour < '24' && minute < '60' && second < '60';
}

/** What a row of an inquiry file is written from. */
export interface FixedRow {
  readonly inquirer: string;
  readonly integratedAddressNumber: string;
  readonly affair: string;
  readonly provider: string;
  readonly information: string;
  readonly period?: Period | undefined;
}

/** One line of an inquiry file with its CRLF, as municipal tools write it: what is not given stays empty. */
export function fixedLine(row: FixedRow): string {
  const compact = (day: string | undefined) => day?.replaceAll('-', '');
  const contents: Partial<Record<ColumnKey, string | undefined>> = {
    scheme: '1',
    integratedAddressNumber: row.integratedAddressNumber,
    inquirer: row.inquirer,
    nonDisclosable: '1',
    affair: row.affair,
    provider: row.provider,
    information: row.information,
    condition: '0',
    year: '0',
    from: compact(row.period?.from),
    until: compact(row.period?.until),
  };
  const cells = KEYS.map((key) => {
    const { width, padding } = COLUMNS[key];
    const content = contents[key];
    if (content === undefined) return '';
    return padding === 'zeros-left' ? content.padStart(width, '0') : content.padEnd(width, ' ');
  });
  return `${cells.join(',')}\r\n`;
}
