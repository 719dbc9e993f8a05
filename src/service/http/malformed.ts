import { type ErrorDetail, RenkeiError } from '../../protocol/errors.ts';

/** What zod says of one mistake; the parts that are told. */
export interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly expected?: string;
  readonly format?: string;
}

/** One mistake in a message: where (JSON Pointer, RFC 6901) and of what kind. Never the value. */
export interface FieldIssue {
  readonly field: string;
  readonly issue: string;
  /** What the schema wants there: a type or a format. */
  readonly expected?: string;
}

const MOST_ISSUES = 10;
/** A name that a schema could have. Anything else may be data in a key's place and is not repeated. */
const NAME = /^(?!.*\d{8})[A-Za-z_$][\w$-]{0,63}$/;
const step = (key: PropertyKey): string =>
  typeof key === 'number' || NAME.test(String(key)) ? `/${String(key)}` : '/…';
/** The place in a message (JSON Pointer); what could be data is left out. */
export const pointerTo = (path: readonly PropertyKey[]): string => path.map(step).join('');

const KINDS: Readonly<Record<string, string>> = {
  invalid_type: 'wrong_type',
  too_big: 'too_large',
  too_small: 'too_small',
  invalid_format: 'wrong_format',
  invalid_value: 'not_allowed',
  invalid_union: 'not_allowed',
  invalid_key: 'wrong_key',
};

const WORDS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  unknown_field: ['未知の項目です', 'unknown field'],
  missing: ['必須です', 'missing'],
  wrong_type: ['型が違います', 'wrong type'],
  too_large: ['大きすぎます', 'too large'],
  too_small: ['小さすぎます', 'too small'],
  wrong_format: ['書式が違います', 'wrong format'],
  not_allowed: ['許された値ではありません', 'not an allowed value'],
  wrong_key: ['名前が正しくありません', 'wrong name'],
  invalid: ['正しくありません', 'invalid'],
};

const wordsFor = (issue: string): readonly [ja: string, en: string] =>
  WORDS[issue] ?? ['正しくありません', 'invalid'];

const isAbsent = (input: unknown, path: readonly PropertyKey[]): boolean => {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return true;
    value = Reflect.get(value, key);
  }
  return value === undefined;
};

function fieldIssues(issue: Issue, input: unknown): FieldIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => ({
      field: pointerTo([...issue.path, key]),
      issue: 'unknown_field',
    }));
  }
  const field = pointerTo(issue.path);
  if (isAbsent(input, issue.path)) return [{ field, issue: 'missing' }];
  const expected = issue.expected ?? issue.format;
  return [
    {
      field,
      issue: KINDS[issue.code ?? ''] ?? 'invalid',
      ...(expected === undefined ? {} : { expected }),
    },
  ];
}

/**
 * A message that does not fit its schema, as `message_malformed` with up to ten `fields`: JSON Pointer
 * and kind of mistake, unknown fields by name. Values are never repeated.
 *
 * @param input What was checked, to tell a missing field from a wrong one.
 */
export function malformedFields(issues: readonly Issue[], input: unknown): RenkeiError {
  const fields = issues.flatMap((issue) => fieldIssues(issue, input)).slice(0, MOST_ISSUES);
  const list = (language: 0 | 1): string =>
    fields.map(({ field, issue }) => `${field || '/'}: ${wordsFor(issue)[language]}`).join('; ');
  return malformed({ ja: list(0), en: list(1), extensions: { fields } });
}

/** `message_malformed` with words of one's own. */
export const malformed = (detail: ErrorDetail = {}): RenkeiError =>
  new RenkeiError('message_malformed', detail);
