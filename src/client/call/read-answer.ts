import { z } from 'zod';
import { NodeError } from '../node-error.ts';

const PROBLEM_TYPE = 'application/problem+json';
const words = z.object({ ja: z.string(), en: z.string() });

/** What every service here writes of a mistake (RFC 9457; src/service/http/problem.ts). */
const Problem = z.looseObject({
  code: z.string(),
  status: z.int(),
  ...words.shape,
  hint: words.optional(),
  instance: z.string().optional(),
  type: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
});

/** An answer whose body has been read. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What a problem document tells; undefined for another answer. @throws NodeError answer_unreadable */
export function problemIn({ status, type, text }: Answered): NodeError | undefined {
  if (!type.startsWith(PROBLEM_TYPE)) return undefined;
  const read = Problem.safeParse(jsonOf(status, text));
  if (!read.success) throw unreadable(status, read.error);
  const { type: _, title: __, detail: ___, ja, en, hint, code, instance, ...rest } = read.data;
  const { status: ____, ...details } = rest;
  return new NodeError({ code, status, ja, en, hint, instance, details });
}

/**
 * The body of an answer as its operation declares it. Members that this client does not know are left out: a newer
 * node may say more than is asked of it.
 * @throws NodeError as the node refused; answer_unreadable for what does not fit
 */
export function answerIn<Shape>(
  answered: Answered,
  responses: Readonly<Record<number, z.ZodType<Shape>>>,
): Shape {
  const problem = problemIn(answered);
  if (problem) throw problem;
  const schema = responses[answered.status];
  if (!schema || !/^application\/json\b/.test(answered.type)) throw unreadable(answered.status);
  return fitted(schema, jsonOf(answered.status, answered.text), answered.status);
}

/** @throws NodeError answer_unreadable */
export function fitted<Shape>(schema: z.ZodType<Shape>, body: unknown, status = 200): Shape {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const again = schema.safeParse(withoutUnknown(body, read.error.issues));
  if (again.success) return again.data;
  throw unreadable(status, again.error);
}

/** The same without the members that nobody declared. */
function withoutUnknown(body: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(body);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const holder = issue.path.reduce<unknown>(
      (within, key) => (isObject(within) ? within[key] : undefined),
      copy,
    );
    if (isObject(holder)) for (const key of issue.keys) delete holder[key];
  }
  return copy;
}

const isObject = (it: unknown): it is Record<PropertyKey, unknown> =>
  typeof it === 'object' && it !== null;

export function jsonOf(status: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser’s words quote the answer.
    throw unreadable(status);
  }
}

/** Names the places that do not fit, and nothing that stands there. */
function unreadable(status: number, error?: z.ZodError): NodeError {
  const fields = error?.issues.map(({ path }) => `/${path.map(String).join('/')}`);
  return new NodeError({
    code: 'answer_unreadable',
    status,
    ja: '中間サーバーの応答を読み取れません',
    en: 'The node’s answer cannot be read',
    hint: {
      ja: 'URL が中間サーバーのものか、renkei/client と中間サーバーの版が合っているかを確かめてください',
      en: 'Check that this is the URL of a node, and that it and renkei/client are of one version',
    },
    details: { ...(fields && { fields }) },
  });
}
