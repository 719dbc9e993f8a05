import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ErrorCode } from '../../protocol/errors.ts';
import { jsonAnswer } from './answer.ts';
import { declare, type Endpoint, type Responses } from './declare.ts';
import { keepNumbersOut } from './keep-numbers-out.ts';
import { malformedFields } from './malformed.ts';
import { readJson } from './read-json.ts';

/** One of the declared answers. */
export type Reply<Declared extends Responses> = {
  [Status in keyof Declared & number]: {
    readonly status: Status;
    readonly body: z.input<Declared[Status]>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof Declared & number];

export type Answer<Declared extends Responses> = Reply<Declared> | Promise<Reply<Declared>>;

export interface MessageEndpoint<Request extends z.ZodType, Declared extends Responses>
  extends Endpoint<Declared> {
  /** A strict schema. What does not fit is answered with message_malformed. */
  readonly request: Request;
  readonly handle: (message: z.output<Request>, context: Context) => Answer<NoInfer<Declared>>;
}

export interface ReadEndpoint<Query extends z.ZodObject, Declared extends Responses>
  extends Endpoint<Declared> {
  /** A strict schema of the query string: single values, all strings. */
  readonly query?: Query;
  readonly handle: (query: z.output<Query>, context: Context) => Answer<NoInfer<Declared>>;
}

/** What every route that takes a body may answer with. */
export const EVERY_MESSAGE: readonly ErrorCode[] = [
  'message_malformed',
  'payload_too_large',
  'internal',
];
export const EVERY_READ: readonly ErrorCode[] = ['message_malformed', 'internal'];

/**
 * Adds an endpoint that takes one JSON message by POST. The body is checked against its schema before
 * `handle` sees it; what `handle` throws becomes a problem document (on-error). The route is declared
 * to OpenAPI but reads its body itself: zod-openapi's reader would repair broken UTF-8 in silence.
 */
export function postMessage<Request extends z.ZodType, Declared extends Responses>(
  app: OpenAPIHono,
  endpoint: MessageEndpoint<Request, Declared>,
): void {
  const { request, handle } = endpoint;
  declare(app, 'post', endpoint, EVERY_MESSAGE, {
    body: { required: true, content: { 'application/json': { schema: request } } },
  });
  const keepOut = numbersGuard(endpoint);
  app.post(routerPath(endpoint.path), async (context) => {
    const body = await readJson(context);
    const message = check(request, body);
    keepOut(context, body);
    return replied(await handle(message, context));
  });
}

/** Adds an endpoint that is read by GET, with a checked query string. */
export function getJson<
  Declared extends Responses,
  Query extends z.ZodObject = z.ZodObject<Record<never, z.ZodType>>,
>(app: OpenAPIHono, endpoint: ReadEndpoint<Query, Declared>): void {
  const { query, handle } = endpoint;
  declare(app, 'get', endpoint, EVERY_READ, query === undefined ? undefined : { query });
  const keepOut = numbersGuard(endpoint);
  app.get(routerPath(endpoint.path), async (context) => {
    const asked = query === undefined ? {} : check(query, context.req.query());
    keepOut(context, asked);
    return replied(await handle(asked as z.output<Query>, context));
  });
}

/** Looks into body or query, and into what the path names. */
export function numbersGuard({ path, mayHoldNumbers = [] }: Endpoint<Responses>) {
  if (mayHoldNumbers === 'all') return () => undefined;
  const mayHold = new Set(mayHoldNumbers);
  const named = path.includes('{');
  return (context: Context, input: unknown): void => {
    keepNumbersOut(input, mayHold);
    if (named) keepNumbersOut(context.req.param(), mayHold);
  };
}

export const routerPath = (path: string): string => path.replaceAll(/\{(.+?)\}/g, ':$1');

export const replied = ({ status, body, headers }: Reply<Responses>): Response =>
  jsonAnswer(body, status, headers);

/** @throws RenkeiError message_malformed, with the fields */
export function check<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const checked = schema.safeParse(input);
  if (!checked.success) throw malformedFields(checked.error.issues, input);
  return checked.data;
}
