import { ConfigInvalid, type ConfigProblem } from '../../network/config/invalid.ts';

/** What is wrong with a scenario: the same shape as with a configuration, place and words included. */
export type ScenarioProblem = ConfigProblem;

/** A scenario file that cannot be run. `problems` has all that is wrong, in the order of the text. */
export class ScenarioInvalid extends Error {
  override readonly name = 'ScenarioInvalid';
  readonly code = 'scenario_invalid';
  readonly file: string;
  readonly problems: readonly [ScenarioProblem, ...ScenarioProblem[]];

  constructor(
    file: string,
    problems: readonly [ScenarioProblem, ...ScenarioProblem[]],
    options?: ErrorOptions,
  ) {
    // The words of a configuration’s problems are those of a scenario’s.
    super(new ConfigInvalid(file, problems).message, options);
    this.file = file;
    this.problems = problems;
  }
}
