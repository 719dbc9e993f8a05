import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { type Coverage, coverageOf } from './coverage/coverage.ts';
import { type MinCoverage, tooLittle } from './coverage/min-coverage.ts';
import { type ExpectedFailure, judged } from './expected/expected-failures.ts';
import { inParallel } from './in-parallel.ts';
import { type Ground, type Prepared, prepare } from './run/prepare.ts';
import type { FileResult, TestResult } from './run/results.ts';
import { runFile } from './run/run-file.ts';
import { ScenarioInvalid, type ScenarioProblem } from './scenario/invalid.ts';
import { readScenario } from './scenario/read.ts';
import type { ScenarioTest } from './scenario/schema.ts';

export interface ReplayOptions {
  /** Scenario files. */
  readonly files: readonly string[];
  readonly ground: Ground;
  /** Only tests whose file, id, name, item or requirement contains this. */
  readonly filter?: string | undefined;
  /** Stop at the first test that is not as expected. */
  readonly bail?: boolean | undefined;
  readonly expectedFailures?:
    | { readonly path: string; readonly failures: readonly ExpectedFailure[] }
    | undefined;
  readonly minCoverage?: MinCoverage | undefined;
  /** Today in Japan, for the end of expected failures. */
  readonly today: string;
  readonly jobs?: number | undefined;
  readonly progress?: ((done: number, total: number, test: TestResult) => void) | undefined;
}

/** What came of a whole replay. */
export interface Replayed {
  readonly files: readonly FileResult[];
  readonly coverage: Coverage;
  /** Entries of the expected failures that speak of no test. */
  readonly strayExpectations: readonly ExpectedFailure[];
  readonly tooLittle: ReturnType<typeof tooLittle>;
  readonly durationMs: number;
  /** Source lines, for whoever shows them. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Scenario files that are wrong: all of them, so that they can be mended at one go. */
export class ScenariosInvalid extends Error {
  override readonly name = 'ScenariosInvalid';
  readonly invalid: readonly ScenarioInvalid[];

  constructor(invalid: readonly ScenarioInvalid[]) {
    super(invalid.map(({ message }) => message).join('\n'));
    this.invalid = invalid;
  }
}

/**
 * Replays scenarios, each in a network of its own, several at a time. None runs unless all can be read.
 * @throws ScenariosInvalid
 */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const begun = performance.now();
  const { files, filter, bail, expectedFailures, today, jobs = 4 } = options;
  const prepared = await prepareAll(files, options.ground);
  const chosen = (each: Prepared) => (test: ScenarioTest) => matches(each, test, filter);
  const total = prepared.reduce(
    (count, each) => count + each.read.scenario.tests.filter(chosen(each)).length,
    0,
  );
  let stopped = false;
  let done = 0;
  const ran = await inParallel(jobs, prepared, (each) =>
    runFile({
      prepared: each,
      chosen: chosen(each),
      goOn: () => !stopped,
      done(result) {
        const { verdict } = judged(result, expectationOf(result, expectedFailures), today);
        if (bail && verdict !== 'passed' && verdict !== 'expected_failure') stopped = true;
        done += 1;
        options.progress?.(done, total, { ...result, verdict });
      },
    }),
  );
  const results = ran
    .map((file) => ({
      ...file,
      tests: file.tests.map((test) => ({
        ...test,
        ...judged(test, expectationOf(test, expectedFailures), today),
      })),
    }))
    .filter(({ tests }) => tests.length > 0);
  const tests = results.flatMap((file) => file.tests);
  const { law, list } = options.ground;
  const coverage = coverageOf(list ? { ...law, lists: [list] } : law, tests);
  return {
    files: results,
    coverage,
    strayExpectations: strays(options, prepared),
    tooLittle: tooLittle(coverage, options.minCoverage ?? {}),
    durationMs: Math.round(performance.now() - begun),
    sources: new Map(prepared.map(({ read }) => [read.file, read.text])),
  };
}

async function prepareAll(files: readonly string[], ground: Ground): Promise<Prepared[]> {
  const invalid: ScenarioInvalid[] = [];
  const prepared: Prepared[] = [];
  for (const file of files) {
    try {
      prepared.push(await prepare(readScenario(await textOf(file), file), ground));
    } catch (error) {
      if (!(error instanceof ScenarioInvalid)) throw error;
      invalid.push(error);
    }
  }
  if (invalid.length > 0) throw new ScenariosInvalid(invalid);
  return prepared;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const problem: ScenarioProblem = {
      reason: { ja: 'ファイルを読めません', en: 'the file cannot be read' },
    };
    throw new ScenarioInvalid(file, [problem], { cause });
  }
}

function matches({ read }: Prepared, test: ScenarioTest, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  const { name, ref } = read.scenario;
  const about = [`${read.file}#${test.id}`, name];
  for (const each of [ref, test.ref]) {
    about.push(...(each?.item ?? []), ...(each?.requirement ?? []));
  }
  return about.some((text) => text.toLowerCase().includes(filter.toLowerCase()));
}

type Expectations = ReplayOptions['expectedFailures'];

const expectationOf = (
  { file, id }: Pick<TestResult, 'file' | 'id'>,
  expected: Expectations,
): ExpectedFailure | undefined =>
  expected?.failures.find((each) => each.test === id && fileOf(each, expected) === resolve(file));

const fileOf = ({ file }: ExpectedFailure, { path }: NonNullable<Expectations>): string =>
  resolve(dirname(path), file);

/** Expectations about a file that was replayed, of a test that it does not have; or about a file that is gone. */
function strays({ expectedFailures, files }: ReplayOptions, prepared: readonly Prepared[]) {
  if (!expectedFailures) return [];
  const replayed = new Map(prepared.map(({ read }) => [resolve(read.file), read.scenario]));
  const roots = new Set(files.map((file) => dirname(resolve(file))));
  return expectedFailures.failures.filter((each) => {
    const file = fileOf(each, expectedFailures);
    const scenario = replayed.get(file);
    if (scenario) return !scenario.tests.some(({ id }) => id === each.test);
    return [...roots].some((root) => !relative(root, file).startsWith('..'));
  });
}
