import type { Bilingual } from './say.ts';

/** Where in the document something stands: keys and positions in lists, from the top down. */
export type ConfigPath = readonly (string | number)[];

/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** From 1. Absent when the configuration was not read from a text. */
  readonly line?: number;
  readonly column?: number;
  /** The key, written `agencies[3].assessments[0].ended`. Empty for the document as a whole. */
  readonly path?: string;
  readonly reason: Bilingual;
  /** What to write instead. */
  readonly hint?: Bilingual;
}

/**
 * A configuration that cannot be used. The fields are those of the first problem in the text;
 * `problems` has them all, in the order of the text.
 */
export class ConfigInvalid extends Error {
  override readonly name: string = 'ConfigInvalid';
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;
  readonly reason: Bilingual;
  readonly hint?: Bilingual;
  readonly problems: readonly [ConfigProblem, ...ConfigProblem[]];

  constructor(
    file: string,
    problems: readonly [ConfigProblem, ...ConfigProblem[]],
    options?: ErrorOptions,
  ) {
    super(problems.map((problem) => line(file, problem)).join('\n'), options);
    const [first] = problems;
    this.file = file;
    this.problems = problems;
    this.reason = first.reason;
    if (first.line !== undefined) this.line = first.line;
    if (first.column !== undefined) this.column = first.column;
    if (first.path !== undefined) this.path = first.path;
    if (first.hint !== undefined) this.hint = first.hint;
  }
}

/** `agencies[3].name` */
export const written = (path: ConfigPath): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`,
    '',
  );

const line = (file: string, problem: ConfigProblem): string => {
  const place = problem.line === undefined ? file : `${file}:${problem.line}:${problem.column}`;
  const key = problem.path ? `${problem.path}: ` : '';
  const hint = problem.hint ? ` (${problem.hint.en})` : '';
  return `${place}: ${key}${problem.reason.en}${hint}`;
};
