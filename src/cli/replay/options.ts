import { isAbsolute, resolve } from 'node:path';
import { type MinCoverage, parseMinCoverage } from '../../compliance/coverage/min-coverage.ts';
import { isCalendarDate } from '../../protocol/permission/in-force.ts';
import { usage } from '../output/cli-failure.ts';
import { parseReporters, type Reporter } from './reporters.ts';

/** As commander hands them over. */
export interface RawOptions {
  readonly reporter: string;
  readonly filter?: string;
  readonly bail?: boolean;
  readonly watch?: boolean;
  readonly seed?: string;
  readonly at?: string;
  readonly list?: string;
  readonly minCoverage?: string;
  readonly expectedFailures?: string;
  readonly config?: string;
  readonly jobs?: string;
}

export interface Options extends Omit<RawOptions, 'minCoverage' | 'jobs'> {
  readonly reporters: readonly Reporter[];
  /** An instant with its offset. */
  readonly at?: string;
  readonly minCoverage: MinCoverage | undefined;
  readonly jobs: number | undefined;
}

/** @throws CliFailure usage */
export function readOptions(raw: RawOptions): Options {
  const { minCoverage, jobs, at, ...rest } = raw;
  return {
    ...rest,
    reporters: parseReporters(raw.reporter),
    ...(at !== undefined && { at: instantOf(at) }),
    minCoverage: minCoverage === undefined ? undefined : leastOf(minCoverage),
    jobs: jobs === undefined ? undefined : jobsOf(jobs),
  };
}

/** A day in Japan begins nine hours before the one in Greenwich. */
function instantOf(text: string): string {
  if (isCalendarDate(text)) return `${text}T09:00:00+09:00`;
  const withOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (withOffset && !Number.isNaN(Date.parse(text))) return text;
  throw usage(
    '--at は日付（YYYY-MM-DD）か、時差付きの日時です',
    '--at must be a date (YYYY-MM-DD), or an instant with its offset',
  );
}

function leastOf(text: string): MinCoverage {
  const read = parseMinCoverage(text);
  if (read) return read;
  throw usage(
    '--min-coverage は 90、または provisions=100,codes=80 のように書きます',
    '--min-coverage is written 90, or provisions=100,codes=80',
    {
      ja: '対象: items、provisions、codes、requirements',
      en: 'kinds: items, provisions, codes, requirements',
    },
  );
}

function jobsOf(text: string): number {
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= 64) return jobs;
  throw usage('--jobs は 1 から 64 までの整数です', '--jobs must be a whole number, 1 to 64');
}

/** A list that is named by its file rather than by its id. */
export const listFile = (list: string): string | undefined =>
  /[/\\.]/.test(list) || isAbsolute(list) ? resolve(list) : undefined;
