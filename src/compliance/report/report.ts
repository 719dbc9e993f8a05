import { z } from 'zod';
import { COVERAGE_KINDS } from '../coverage/coverage.ts';
import type { Replayed } from '../replay.ts';

/** The whole of a replay as data: what `--reporter json` writes, and what the other reporters are made of. */

const Share = z.strictObject({
  reached: z.int(),
  total: z.int(),
  percent: z.number(),
  missing: z.array(z.string()),
});

const Ref = z.strictObject({
  law: z.string().optional(),
  item: z.array(z.string()).optional(),
  requirement: z.array(z.string()).optional(),
});

const Mismatch = z.strictObject({
  what: z.string(),
  line: z.int(),
  expected: z.unknown(),
  actual: z.unknown(),
});

const Message = z.strictObject({
  at: z.string(),
  message: z.string(),
  from: z.string(),
  to: z.string(),
  outcome: z.string().optional(),
  ids: z.array(z.string()),
  sealedDigest: z.string().optional(),
});

const Step = z.strictObject({
  number: z.int(),
  id: z.string().optional(),
  action: z.string(),
  title: z.string(),
  line: z.int(),
  verdict: z.enum(['passed', 'failed', 'error', 'skipped']),
  mismatches: z.array(Mismatch),
  error: z.string().optional(),
  decision: z.string().optional(),
  code: z.string().optional(),
  status: z.string().optional(),
  list: z.string().optional(),
  item: z.string().optional(),
  ground: z.string().optional(),
  messages: z.array(Message),
  records: z.record(z.string(), z.array(z.string())),
});

const Matrix = z.strictObject({
  cases: z.int(),
  permitted: z.int(),
  denied: z.int(),
  failed: z.int(),
  mismatches: z.array(Mismatch),
});

const Test = z.strictObject({
  id: z.string(),
  line: z.int(),
  verdict: z.enum(['passed', 'failed', 'error', 'expected_failure', 'stale', 'not_run']),
  note: z.string().optional(),
  because: z.string().optional(),
  ref: Ref,
  steps: z.array(Step).optional(),
  matrix: Matrix.optional(),
  codes: z.array(z.string()),
  durationMs: z.int(),
});

const File = z.strictObject({
  file: z.string(),
  name: z.string(),
  about: z.string().optional(),
  ref: Ref,
  seed: z.string(),
  now: z.string(),
  tests: z.array(Test),
  durationMs: z.int(),
});

const Verdicts = ['passed', 'failed', 'error', 'expected_failure', 'stale', 'not_run'] as const;

export const ReportSchema = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.literal('renkei'), version: z.string() }),
  startedAt: z.iso.datetime(),
  durationMs: z.int(),
  /** As on the command line. */
  options: z.strictObject({
    at: z.string().optional(),
    list: z.string().optional(),
    seed: z.string().optional(),
    filter: z.string().optional(),
  }),
  ok: z.boolean(),
  totals: z.strictObject({
    files: z.int(),
    tests: z.int(),
    cases: z.int(),
    ...Object.fromEntries(Verdicts.map((verdict) => [verdict, z.int()])),
  }),
  files: z.array(File),
  strayExpectations: z.array(
    z.strictObject({
      file: z.string(),
      test: z.string(),
      reason: z.string(),
      until: z.string(),
      line: z.int(),
    }),
  ),
  coverage: z.strictObject({
    ...Object.fromEntries(COVERAGE_KINDS.map((kind) => [kind, Share])),
    lists: z.array(
      z.strictObject({
        list: z.string(),
        title: z.string(),
        itemsPermitted: Share,
        itemsDenied: Share,
        provisions: Share,
      }),
    ),
  }),
  tooLittle: z.array(z.strictObject({ kind: z.string(), percent: z.number(), wanted: z.number() })),
});

export interface About {
  readonly version: string;
  readonly startedAt: string;
  readonly options: Readonly<Record<'at' | 'list' | 'seed' | 'filter', string | undefined>>;
}

export type Report = ReturnType<typeof reportOf>;
export type ReportedTest = Report['files'][number]['tests'][number];

/** All of it is the same for the same scenarios and seed, but `startedAt` and what ends in `durationMs`. */
export function reportOf(replayed: Replayed, { version, startedAt, options }: About) {
  const { coverage, strayExpectations, tooLittle, durationMs } = replayed;
  const files = replayed.files.map((file) => ({
    ...file,
    // The file is told once, and what a test reached is in the coverage.
    tests: file.tests.map(({ file: _file, reached: _reached, ...test }) => test),
  }));
  const tests = files.flatMap((file) => file.tests);
  const count = (verdict: string) => tests.filter((test) => test.verdict === verdict).length;
  const totals = {
    files: files.length,
    tests: tests.length,
    cases: tests.reduce((total, { matrix }) => total + (matrix?.cases ?? 0), 0),
    passed: count('passed'),
    failed: count('failed'),
    error: count('error'),
    expected_failure: count('expected_failure'),
    stale: count('stale'),
    not_run: count('not_run'),
  };
  const ok =
    totals.passed + totals.expected_failure === totals.tests &&
    strayExpectations.length === 0 &&
    tooLittle.length === 0;
  return {
    version: 1 as const,
    tool: { name: 'renkei' as const, version },
    ...{
      startedAt,
      durationMs,
      options,
      ok,
      totals,
      files,
      strayExpectations,
      coverage,
      tooLittle,
    },
  };
}

/** JSON Schema of the JSON report. */
export const reportJsonSchema = () => ({
  title: 'renkei replay report',
  ...z.toJSONSchema(ReportSchema, { target: 'draft-7' }),
});

// `node src/compliance/report/report.ts > scenarios/report.schema.json` writes the file anew.
if (import.meta.main) process.stdout.write(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
