import { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { type Replayed, replay, ScenariosInvalid } from '../../compliance/replay.ts';
import { type Report, reportOf } from '../../compliance/report/report.ts';
import { findFiles, ScenariosNotFound } from '../../compliance/scenario/find-files.ts';
import { ScenarioInvalid } from '../../compliance/scenario/invalid.ts';
import { japaneseDay } from '../../protocol/day.ts';
import { CliFailure, type Finding, usage } from '../output/cli-failure.ts';
import { failureOf } from '../output/failure.ts';
import { paintFor } from '../output/style.ts';
import { tell } from '../output/tell.ts';
import { expectationsOf } from './expectations.ts';
import { groundOf } from './ground.ts';
import { type Options, type RawOptions, readOptions } from './options.ts';
import { progressOn } from './progress.ts';
import { writeReports } from './reporters.ts';
import { runAndWatch } from './watch.ts';

const SCENARIO_WRONG = 2;
const COULD_NOT_RUN = 3;
const NOT_AS_EXPECTED = 4;

/**
 * `renkei replay FILE|DIR…`: runs scenarios. Exit codes: 0 all as expected, 1 called wrongly, 2 a scenario file is
 * wrong, 3 could not run, 4 not as expected.
 */
export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'シナリオを実行し、法令どおりかを確かめる / run scenarios and see that all is by the law',
    )
    .argument('<paths...>', 'scenario files, or folders of them')
    .option(
      '--reporter <list>',
      'pretty, junit=FILE, json=FILE, html=FILE; several with commas',
      'pretty',
    )
    .option('--filter <text>', 'only tests whose file, id, name, item or requirement contains this')
    .option('--bail', 'stop at the first test that is not as expected')
    .option('--watch', 'run again whenever a file changes')
    .option('--seed <seed>', 'instead of each scenario’s own')
    .option('--at <date>', 'replay as of this day in Japan, or this instant')
    .option('--list <id|file>', 'replay under this permission list alone, in force at all times')
    .option('--min-coverage <percent>', 'e.g. 90, or provisions=100,codes=80')
    .option(
      '--expected-failures <file>',
      'tests that may fail until a day (default: expected-failures.yaml in the folder)',
    )
    .option('--config <file>', 'configuration of the network (default: the one that renkei ships)')
    .option('--jobs <count>', 'scenarios at a time (default: 4)')
    .action((paths: string[], raw: RawOptions) => run(paths, readOptions(raw)));
}

async function run(paths: readonly string[], options: Options): Promise<void> {
  if (!options.watch) {
    process.exitCode = await once(paths, options);
    return;
  }
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const attempt = async () => {
    try {
      process.exitCode = await once(paths, options);
    } catch (error) {
      process.stderr.write(tell(failureOf(error), paintFor(process.stderr)));
    }
    process.stderr.write('変更を待っています / waiting for changes (Ctrl-C)\n');
  };
  await runAndWatch(paths, attempt, stop.signal);
}

/** @returns the exit code */
async function once(paths: readonly string[], options: Options): Promise<number> {
  const startedAt = new Date().toISOString();
  const { progress, end } = progressOn(process.stderr);
  const replayed = await replayAll(paths, options, progress).finally(end);
  const { at, list, seed, filter } = options;
  const report = reportOf(replayed, {
    version: manifest.version,
    startedAt,
    options: { at, list, seed, filter },
  });
  if (report.totals.tests === 0) throw noTests(options);
  const paint = paintFor(process.stdout);
  await writeReports(options.reporters, report, {
    stdout: process.stdout,
    paint,
    sources: replayed.sources,
  });
  return exitCodeOf(report);
}

async function replayAll(
  paths: readonly string[],
  options: Options,
  progress: ReturnType<typeof progressOn>['progress'],
): Promise<Replayed> {
  try {
    const { filter, bail, minCoverage, jobs } = options;
    return await replay({
      files: await findFiles(paths),
      ground: await groundOf(options),
      expectedFailures: await expectationsOf(options.expectedFailures, paths),
      today: japaneseDay(Date.now()),
      ...{ filter, bail, minCoverage, jobs, progress },
    });
  } catch (error) {
    throw asFailure(error);
  }
}

function exitCodeOf({ totals, ok }: Report): number {
  if (totals.error > 0) return COULD_NOT_RUN;
  return ok ? 0 : NOT_AS_EXPECTED;
}

/** A wrong scenario ends with 2, a wrong call with 1; whatever else stops a replay, with 3. */
function asFailure(error: unknown): CliFailure {
  if (error instanceof ScenarioInvalid) return ofScenarios([error], error);
  if (error instanceof ScenariosInvalid) return ofScenarios(error.invalid, error);
  if (error instanceof ScenariosNotFound) {
    const { code, path: place, ja, en } = error;
    return new CliFailure(code, { findings: [{ place, ja, en }] }, { cause: error });
  }
  const failure = failureOf(error);
  const calledWrongly = ['usage', 'config_invalid', 'config_not_found', 'permission_list_invalid'];
  const { code, findings } = failure;
  const exit = calledWrongly.includes(code) ? failure.exit : COULD_NOT_RUN;
  return new CliFailure(code, { findings, exit }, { cause: error });
}

function ofScenarios(invalid: readonly ScenarioInvalid[], cause: Error): CliFailure {
  const findings = invalid.flatMap(({ file, problems }) =>
    problems.map(({ line, column, path, reason, hint }): Finding => {
      const where = line === undefined ? file : `${file}:${line}:${column}`;
      return { place: path ? `${where}: ${path}` : where, ...reason, ...(hint && { hint }) };
    }),
  );
  const [first, ...others] = findings;
  if (!first) throw new RangeError('a scenario is invalid for a reason');
  return new CliFailure(
    'scenario_invalid',
    { findings: [first, ...others], exit: SCENARIO_WRONG },
    { cause },
  );
}

/** A replay of nothing proves nothing. */
const noTests = ({ filter }: Options): CliFailure =>
  usage(
    filter === undefined ? 'テストがありません' : `「${filter}」に当たるテストがありません`,
    filter === undefined ? 'there are no tests' : `no test matches ${filter}`,
    {
      ja: '--filter はファイル名、id、名称、項、要件番号の一部です',
      en: '--filter is part of a file name, id, name, item or requirement',
    },
  );
