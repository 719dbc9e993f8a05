import type { OpenAPIHono, RouteConfig, z } from '@hono/zod-openapi';
import { ERRORS, type ErrorCode, statusOf } from '../../protocol/errors.ts';
import { PROBLEM_TYPE, problemSchema } from './problem.ts';

/** What a route answers when all is well, by status. */
export type Responses = Readonly<Record<number, z.ZodType>>;

/** What every route says of itself. */
export interface Endpoint<Declared extends Responses> {
  /** OpenAPI form: `/v1/things/{id}`; a handler reads `context.req.param('id')`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: string[];
  readonly responses: Declared;
  /** The codes it may answer with besides those of every route. Declared in OpenAPI by status. */
  readonly errors?: readonly ErrorCode[];
  /**
   * Members that may hold an individual number, or whatever their bearer chooses (passwords); `all` for none to be
   * looked into. Anywhere else what reads like an individual number is refused (keep-numbers-out).
   */
  readonly mayHoldNumbers?: readonly string[] | 'all';
}

/** Most services start and stop without anybody asking for their document: it is put together when asked for. */
const undeclared = new WeakMap<OpenAPIHono, (() => void)[]>();

/** Declares a route to OpenAPI. `types`: media types of its answers, JSON unless told. */
export function declare(
  app: OpenAPIHono,
  method: 'get' | 'post',
  endpoint: Endpoint<Responses>,
  everyRoute: readonly ErrorCode[],
  request: RouteConfig['request'],
  types: readonly string[] = ['application/json'],
): void {
  const { path, summary, description, tags, responses, errors = [] } = endpoint;
  const pathParameters = [...path.matchAll(/\{(.+?)\}/g)].map(([, name]) => ({
    name: name ?? '',
    in: 'path' as const,
    required: true,
    schema: { type: 'string' as const },
  }));
  const register = () =>
    app.openAPIRegistry.registerPath({
      method,
      path,
      summary,
      ...(description === undefined ? {} : { description }),
      ...(tags === undefined ? {} : { tags }),
      ...(pathParameters.length === 0 ? {} : { parameters: pathParameters }),
      ...(request === undefined ? {} : { request }),
      responses: declaredResponses(responses, [...new Set([...everyRoute, ...errors])], types),
    });
  const waiting = undeclared.get(app);
  if (waiting) waiting.push(register);
  else undeclared.set(app, [register]);
}

/** Makes what was declared part of the document of `app`: before the document is made, not before. */
export function registerDeclared(app: OpenAPIHono): void {
  for (const register of undeclared.get(app)?.splice(0) ?? []) register();
}

type Declaration = { description: string; content: Record<string, { schema: z.ZodType }> };

/** Answers and errors by status; a status can have both (a signed denial and a problem, say). */
function declaredResponses(
  responses: Responses,
  errors: readonly ErrorCode[],
  types: readonly string[],
): Record<string, Declaration> {
  const declared: Record<string, Declaration> = {};
  for (const [status, schema] of Object.entries(responses)) {
    declared[status] = {
      description: schema.description ?? 'As asked',
      content: Object.fromEntries(types.map((type) => [type, { schema }])),
    };
  }
  for (const [status, codes] of Object.entries(Object.groupBy(errors, statusOf))) {
    const before = declared[status];
    const words = (codes ?? []).map((code) => `${code} (${ERRORS[code][1]})`).join(', ');
    declared[status] = {
      description: before === undefined ? words : `${before.description}; ${words}`,
      content: { ...before?.content, [PROBLEM_TYPE]: { schema: problemSchema } },
    };
  }
  return declared;
}
