import type { z } from 'zod';
import { type ConfigPath, written } from './invalid.ts';
import { keysUnder } from './json-schema.ts';
import { nearest } from './nearest.ts';
import { type Bilingual, said } from './say.ts';

/** A problem and where it is; `key` when it is the key itself that is wrong, not its value. */
export interface Finding {
  readonly path: ConfigPath;
  readonly key?: true;
  readonly reason: Bilingual;
  readonly hint?: Bilingual;
}

/** The keys that may stand under a path. */
export type KeysUnder = (path: ConfigPath) => readonly string[];

/** What the schema found, in words. @param known the keys of the document, renkei.yaml’s unless told */
export const explain = (
  issues: readonly z.core.$ZodIssue[],
  known: KeysUnder = keysUnder,
): Finding[] => {
  const findings = issues.flatMap((issue) => findingsOf(issue, [], known));
  const meant = new Set(findings.map(({ meant }) => meant));
  // A key that was misspelt is not missing as well.
  return findings.filter(({ missing, path }) => !(missing && meant.has(written(path))));
};

interface SchemaFinding extends Finding {
  readonly missing?: boolean;
  /** The path that a misspelt key probably was to be. */
  readonly meant?: string;
}

/** One issue may be several findings: one for each unknown key. */
const findingsOf = (
  issue: z.core.$ZodIssue,
  above: ConfigPath,
  keys: KeysUnder,
): SchemaFinding[] => {
  const path = [
    ...above,
    ...issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  ];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(path, key, keys(path)));
  if (issue.code === 'invalid_union') {
    // A mapping where a mapping is one of the choices: what is wrong is inside it.
    const inside = issue.errors.find((issues) => issues.length > 0 && issues.every(isInside));
    if (inside) return inside.flatMap((within) => findingsOf(within, path, keys));
  }
  const hint = hintFor(issue);
  const missing = issue.input === undefined;
  const reason = missing ? MISSING : reasonFor(issue);
  return [{ path, reason, missing, ...(hint && { hint }) }];
};

const MISSING: Bilingual = { ja: '必要なキーがありません', en: 'this key is missing' };

const isInside = (issue: z.core.$ZodIssue) =>
  issue.path.length > 0 || issue.code === 'unrecognized_keys';

const unknownKey = (path: ConfigPath, key: string, known: readonly string[]): SchemaFinding => {
  const meant = nearest(key, known);
  return {
    path: [...path, key],
    key: true,
    ...(meant && { meant: written([...path, meant]) }),
    reason: { ja: `${key} というキーはありません`, en: `there is no key ${key} here` },
    hint: meant
      ? { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` }
      : { ja: `使えるキー: ${known.join('、')}`, en: `keys known here: ${known.join(', ')}` },
  };
};

const KINDS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  string: ['文字列', 'text'],
  number: ['数', 'a number'],
  int: ['整数', 'a whole number'],
  boolean: ['true または false', 'true or false'],
  array: ['リスト', 'a list'],
  object: ['キーと値の組', 'keys and values'],
  null: ['空', 'nothing'],
};

const kind = (name: string): readonly [ja: string, en: string] => KINDS[name] ?? [name, name];

const kindOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const reasonFor = (issue: z.core.$ZodIssue): Bilingual => {
  switch (issue.code) {
    case 'invalid_type': {
      const [expected, found] = [kind(issue.expected), kind(kindOf(issue.input))];
      if (issue.expected === 'int' && typeof issue.input === 'number') {
        return { ja: '整数でなければなりません', en: 'must be a whole number' };
      }
      return {
        ja: `${expected[0]}が必要ですが、${found[0]}になっています`,
        en: `expected ${expected[1]}, found ${found[1]}`,
      };
    }
    case 'too_small':
      if (issue.origin !== 'number' && issue.origin !== 'int') break;
      return {
        ja: `${issue.minimum} 以上でなければなりません`,
        en: `must be ${issue.minimum} or more`,
      };
    case 'too_big':
      if (issue.origin === 'string' || issue.origin === 'array') {
        return { ja: `長さは ${issue.maximum} までです`, en: `no longer than ${issue.maximum}` };
      }
      return {
        ja: `${issue.maximum} 以下でなければなりません`,
        en: `must be ${issue.maximum} or less`,
      };
  }
  return said(issue.message);
};

const hintFor = (issue: z.core.$ZodIssue): Bilingual | undefined => {
  if (issue.code !== 'invalid_type' || issue.expected !== 'string') return undefined;
  if (typeof issue.input !== 'number' && typeof issue.input !== 'boolean') return undefined;
  // A code with a leading zero would lose it as a number.
  return {
    ja: '引用符で囲んでください（例: "11202"）',
    en: 'put it in quotation marks, such as "11202"',
  };
};
