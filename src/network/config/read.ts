import { inconsistencies } from './consistency.ts';
import { readDocument } from './document.ts';
import { explain, type Finding } from './explain.ts';
import { ConfigInvalid, type ConfigProblem, written } from './invalid.ts';
import type { Locate } from './locate.ts';
import { nearest } from './nearest.ts';
import { ConfigSchema, type NetworkConfig, type NetworkConfigInput } from './schema.ts';

/** Where a configuration came from, for what is only found out later (`checkRoles`). */
const origins = new WeakMap<NetworkConfig, { readonly file: string; readonly locate?: Locate }>();

/**
 * Reads renkei.yaml.
 * @param text YAML 1.2
 * @param file its name, for the messages
 * @throws ConfigInvalid naming file, line, column, key and reason of everything that is wrong
 */
export const readConfig = (text: string, file: string): NetworkConfig => {
  const { value, locate } = readDocument(text, file);
  return checked(value, file, locate);
};

/**
 * A configuration made by a program, with the same checks and defaults.
 * @throws ConfigInvalid without line and column
 */
export const configOf = (input: NetworkConfigInput, file = '(config)'): NetworkConfig =>
  checked(input, file);

/**
 * Checks the agencies’ roles against those that the permission lists know (番号法19条8号).
 * @throws ConfigInvalid
 */
export const checkRoles = (config: NetworkConfig, knownRoles: Iterable<string>): void => {
  const known = new Set(knownRoles);
  const findings = config.agencies.flatMap(({ roles }, agency) =>
    roles.flatMap((role, at) => (known.has(role) ? [] : [unknownRole(role, agency, at, known)])),
  );
  refuse(config, findings);
};

/** Refuses a configuration for what is wrong with it beyond its own text, where it stands in it. @throws ConfigInvalid */
export const refuse = (config: NetworkConfig, findings: readonly Finding[]): void => {
  const { file, locate } = origins.get(config) ?? { file: '(config)' };
  refuseAny(findings, file, locate);
};

const unknownRole = (role: string, agency: number, at: number, known: Set<string>): Finding => {
  const meant = nearest(role, known);
  return {
    path: ['agencies', agency, 'roles', at],
    reason: {
      ja: `照合リストに ${role} という役割はありません`,
      en: `no permission list knows the role ${role}`,
    },
    ...(meant !== undefined && {
      hint: { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` },
    }),
  };
};

const checked = (value: unknown, file: string, locate?: Locate): NetworkConfig => {
  const result = ConfigSchema.safeParse(value, { reportInput: true });
  if (!result.success) {
    refuseAny(explain(result.error.issues), file, locate);
    throw result.error;
  }
  refuseAny(inconsistencies(result.data), file, locate);
  origins.set(result.data, { file, ...(locate && { locate }) });
  return result.data;
};

const refuseAny = (findings: readonly Finding[], file: string, locate?: Locate): void => {
  const [first, ...others] = problemsOf(findings, locate);
  if (first) throw new ConfigInvalid(file, [first, ...others]);
};

/** Findings with their places, in the order of the text. */
export const problemsOf = (findings: readonly Finding[], locate?: Locate): ConfigProblem[] => {
  const problems = findings.map(
    ({ path, key, reason, hint }): ConfigProblem => ({
      ...locate?.(path, key),
      ...(path.length > 0 && { path: written(path) }),
      reason,
      ...(hint && { hint }),
    }),
  );
  return problems.sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
};
