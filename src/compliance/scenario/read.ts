import { readDocument } from '../../network/config/document.ts';
import type { Finding } from '../../network/config/explain.ts';
import { ConfigInvalid, type ConfigPath, written } from '../../network/config/invalid.ts';
import type { Locate, Place } from '../../network/config/locate.ts';
import { inconsistencies } from './consistency.ts';
import { explain } from './explain.ts';
import { ScenarioInvalid, type ScenarioProblem } from './invalid.ts';
import { keysUnder } from './json-schema.ts';
import { type Scenario, ScenarioSchema } from './schema.ts';

/** A scenario with the lines that it is written in. */
export interface ReadScenario {
  readonly file: string;
  readonly scenario: Scenario;
  readonly locate: Locate;
  readonly text: string;
}

/**
 * Reads a scenario: YAML 1.2, known keys only, references that lead somewhere.
 * @param file its name, for the messages
 * @throws ScenarioInvalid naming file, line, column, key and reason of everything that is wrong
 */
export function readScenario(text: string, file: string): ReadScenario {
  const { value, locate } = documentOf(text, file);
  const result = ScenarioSchema.safeParse(value, { reportInput: true });
  if (!result.success) {
    refuseAny(explain(result.error.issues, keysUnder), file, locate);
    throw result.error;
  }
  refuseAny(inconsistencies(result.data), file, locate);
  return { file, scenario: result.data, locate, text };
}

function documentOf(text: string, file: string) {
  try {
    return readDocument(text, file);
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    throw new ScenarioInvalid(file, error.problems, { cause: error });
  }
}

/** @throws ScenarioInvalid if anything was found */
export function refuseAny(findings: readonly Finding[], file: string, locate: Locate): void {
  const problems = findings.map(
    ({ path, key, reason, hint }): ScenarioProblem => ({
      ...locate(path, key),
      ...(path.length > 0 && { path: written(path) }),
      reason,
      ...(hint && { hint }),
    }),
  );
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const [first, ...others] = problems;
  if (first) throw new ScenarioInvalid(file, [first, ...others]);
}

/** The line that a path stands in, the key’s own where there is one. */
export const placeOf = ({ locate }: ReadScenario, path: ConfigPath): Place =>
  locate(path, typeof path.at(-1) === 'string');
