import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { declare } from './declare.ts';
import { EVERY_READ, routerPath } from './json-route.ts';

export interface RawEndpoint {
  /** OpenAPI form; `{path}` at the end takes slashes. */
  readonly path: string;
  readonly summary: string;
  /** Of what it answers when all is well. */
  readonly mediaType: string;
  readonly errors?: readonly ErrorCode[];
  readonly handle: (context: Context) => Response | Promise<Response>;
}

/** Adds an endpoint that is read by GET and answers in another form than JSON. */
export function getRaw(app: OpenAPIHono, endpoint: RawEndpoint): void {
  const { mediaType, handle, ...rest } = endpoint;
  const responses = { 200: z.string() };
  declare(app, 'get', { ...rest, responses }, EVERY_READ, undefined, [mediaType]);
  app.get(routerPath(endpoint.path).replace(/:path$/, ':path{.+}'), (context) => handle(context));
}
