import type { z } from 'zod';
import { explain as explainValue, type Finding } from '../../network/config/explain.ts';
import { type ConfigPath, written } from '../../network/config/invalid.ts';
import { nearest } from '../../network/config/nearest.ts';
import { said } from '../../network/config/say.ts';

/** The keys that may stand under a path. */
export type KeysUnder = (path: readonly PropertyKey[]) => readonly string[];

/** What a schema found, in words: unknown keys by that schema’s own keys, values as in renkei.yaml. */
export function explain(issues: readonly z.core.$ZodIssue[], keysUnder: KeysUnder): Finding[] {
  const keys: (Finding & { meant?: string })[] = [];
  const values: Finding[] = [];
  for (const issue of issues.flatMap((each) => flat(each, []))) {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    if (issue.code === 'unrecognized_keys') {
      keys.push(...issue.keys.map((key) => unknownKey(path, key, keysUnder)));
    } else values.push(...explainValue([issue]).map((finding) => ownWords(issue, finding)));
  }
  const meant = new Set(keys.map((finding) => finding.meant));
  const beside = new Set(keys.map(({ path }) => written(path.slice(0, -1))));
  return [
    ...keys,
    // A key that was misspelt is not missing as well, nor is a step empty whose action was misspelt.
    ...values.filter(({ path }) => !meant.has(written(path)) && !beside.has(written(path))),
  ];
}

/** What the schema itself says of a value, in both languages, goes before what is said of any. */
function ownWords({ message, input }: z.core.$ZodIssue, finding: Finding): Finding {
  const words = said(message);
  return input === undefined || words.ja === words.en ? finding : { ...finding, reason: words };
}

/** A choice of shapes becomes what is wrong with the one that was meant. */
function flat(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): z.core.$ZodIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const inside = issue.errors
      .filter((issues) => issues.length > 0 && issues.every(isInside))
      .sort((one, other) => one.length - other.length)[0];
    // Otherwise the first choice is the plain one, and its words are the ones that help.
    const meant = inside ?? issue.errors[0];
    if (meant) return meant.flatMap((within) => flat(within, path));
  }
  return [{ ...issue, path }];
}

const isInside = (issue: z.core.$ZodIssue): boolean =>
  issue.path.length > 0 || issue.code === 'unrecognized_keys' || issue.code === 'custom';

function unknownKey(
  above: ConfigPath,
  key: string,
  keysUnder: KeysUnder,
): Finding & { meant?: string } {
  const path = [...above, key];
  const known = keysUnder(above);
  const meant = nearest(key, known);
  return {
    path,
    key: true,
    ...(meant && { meant: written([...above, meant]) }),
    reason: { ja: `${key} というキーはありません`, en: `there is no key ${key} here` },
    hint: meant
      ? { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` }
      : { ja: `使えるキー: ${known.join('、')}`, en: `keys known here: ${known.join(', ')}` },
  };
}
