import { provisionOf } from '../coverage/provision-of.ts';
import { placeOf } from '../scenario/read.ts';
import type { Ref, Scenario, ScenarioTest } from '../scenario/schema.ts';
import type { Observed } from './observe.ts';
import type { Prepared } from './prepare.ts';
import type { FileResult, Reached, TestResult, TestVerdict } from './results.ts';
import { runMatrix } from './run-matrix.ts';
import { runSteps } from './run-steps.ts';
import { openStage, type Stage } from './stage.ts';

export interface FileRun {
  readonly prepared: Prepared;
  /** Which of its tests. */
  readonly chosen: (test: ScenarioTest) => boolean;
  /** Whether to go on after what has happened so far. */
  readonly goOn: () => boolean;
  readonly done: (test: TestResult) => void;
}

/**
 * Runs the tests of one file, one after the other. Each test with steps has a network of its own, so that no test
 * depends on which others run before it; the matrices, which change nothing, share one.
 */
export async function runFile({ prepared, chosen, goOn, done }: FileRun): Promise<FileResult> {
  const { read } = prepared;
  const { name, about, ref = {}, seed, now, tests } = read.scenario;
  const begun = performance.now();
  const results: TestResult[] = [];
  let shared: Stage | undefined;
  try {
    for (const [at, test] of tests.entries()) {
      if (!chosen(test)) continue;
      if (!goOn()) break;
      const started = performance.now();
      const ran = await runTest(prepared, at, async () => (shared ??= await openStage(prepared)));
      const result: TestResult = {
        ...ran,
        file: read.file,
        id: test.id,
        because: test.because,
        ref: mergedRef(ref, test.ref),
        line: placeOf(read, ['tests', at, 'id']).line,
        durationMs: Math.round(performance.now() - started),
      };
      results.push(result);
      done(result);
    }
  } finally {
    await shared?.[Symbol.asyncDispose]();
  }
  const durationMs = Math.round(performance.now() - begun);
  return { file: read.file, name, about, ref, seed, now, tests: results, durationMs };
}

type Ran = Pick<TestResult, 'verdict' | 'steps' | 'matrix' | 'reached' | 'codes'>;

async function runTest(prepared: Prepared, at: number, shared: () => Promise<Stage>): Promise<Ran> {
  const { read } = prepared;
  if (read.scenario.tests[at]?.matrix) {
    const { result, reached, codes } = await runMatrix(await shared(), read, at);
    const verdict = result.failed === 0 ? 'passed' : 'failed';
    return { verdict, matrix: result, reached, codes: [...codes] };
  }
  const stage = await openStage(prepared);
  try {
    return await runAlone(stage, prepared, at);
  } finally {
    await stage[Symbol.asyncDispose]();
  }
}

async function runAlone(stage: Stage, { read }: Prepared, at: number): Promise<Ran> {
  const { steps, observed } = await runSteps(stage, read, at);
  const verdict: TestVerdict = steps.some((step) => step.verdict === 'error')
    ? 'error'
    : steps.some((step) => step.verdict === 'failed')
      ? 'failed'
      : 'passed';
  return {
    verdict,
    steps,
    reached: observed.flatMap((one) => reachedBy(stage, one)),
    codes: [...new Set(observed.flatMap((one) => codesIn(one)))],
  };
}

function reachedBy(stage: Stage, observed: Observed): Reached[] {
  const { decision, list, item, information, provider } = observed;
  if (decision === 'none' || list === undefined || item === undefined) return [];
  const known = stage.law.lists
    .find((each) => each.id === list)
    ?.items.some((one) => one.item === item);
  if (!known) return [];
  const permitted = decision === 'permit' && provider !== undefined;
  const provision = permitted
    ? provisionOf(stage, { list, item, information }, stage.nameOf(provider))
    : undefined;
  return [{ list, item, provision }];
}

/** Codes that somebody was answered with, and those that the parties wrote down. */
const codesIn = ({ code, reasons = [], records }: Observed): string[] => [
  ...(code === undefined ? [] : [code]),
  ...reasons,
  ...Object.values(records)
    .flat()
    .flatMap((record) => (record.code === undefined ? [] : [record.code])),
];

/** What a test says of its ground goes before what its file says. */
const mergedRef = (file: Ref, test: Scenario['ref']): Ref => ({
  ...file,
  ...test,
  ...((file.requirement ?? test?.requirement) && {
    requirement: [...new Set([...(file.requirement ?? []), ...(test?.requirement ?? [])])],
  }),
});
