import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { ExportLine } from '../../protocol/log/audit-export.ts';
import { ProvisionRecord } from '../../protocol/record.ts';
import { usage } from '../output/cli-failure.ts';

export const FORMATS = ['ndjson', 'jsonl', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** @throws CliFailure usage */
export function formatOf(name: string): Format {
  const found = FORMATS.find((each) => each === name);
  if (found) return found;
  const known = FORMATS.join(', ');
  throw usage(`形式 ${name} はありません`, `there is no format ${name}`, { ja: known, en: known });
}

const COLUMNS = ['index', ...Object.keys(ProvisionRecord.shape)];

/**
 * The records of an export as auditors read them: one JSON object, or one CSV row, for each, with its place in the log.
 * A stream, so a million records need no more memory than one.
 */
export const auditorsFormat = (format: 'jsonl' | 'csv') =>
  async function* (from: Readable): AsyncGenerator<string> {
    if (format === 'csv') yield row(COLUMNS);
    for await (const text of createInterface({ input: from })) {
      const line = ExportLine.parse(JSON.parse(text));
      if (!('index' in line) || line.record === undefined) continue;
      const record: Record<string, unknown> = { index: line.index, ...JSON.parse(line.record) };
      yield format === 'jsonl'
        ? `${JSON.stringify(record)}\n`
        : row(COLUMNS.map((name) => cell(name, record[name])));
    }
  };

const row = (cells: readonly string[]): string => stringify([[...cells]]);

/** Times in ISO 8601, lists and periods as JSON. No field takes free text, so none can be a formula (record.ts). */
function cell(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (name === 'at') return new Date(Number(value)).toISOString();
  if (name === 'requestedAt' || name === 'answeredAt')
    return new Date(Number(value) * 1000).toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
