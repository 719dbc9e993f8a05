import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readExpectedFailures } from '../../compliance/expected/expected-failures.ts';
import type { ReplayOptions } from '../../compliance/replay.ts';
import { EXPECTED_FAILURES } from '../../compliance/scenario/find-files.ts';
import { usage } from '../output/cli-failure.ts';

/**
 * The expected failures: the file that is named, or the one that lies in a replayed folder.
 * @throws CliFailure usage, ScenarioInvalid
 */
export async function expectationsOf(
  named: string | undefined,
  paths: readonly string[],
): Promise<ReplayOptions['expectedFailures']> {
  if (named !== undefined) {
    const text = await textOf(named);
    if (text === undefined) throw usage(`${named} を読めません`, `cannot read ${named}`);
    return { path: named, failures: readExpectedFailures(text, named) };
  }
  for (const path of paths.map((each) => join(each, EXPECTED_FAILURES))) {
    const text = await textOf(path);
    if (text !== undefined) return { path, failures: readExpectedFailures(text, path) };
  }
  return undefined;
}

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch(() => undefined);
