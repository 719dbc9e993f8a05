import { OpenAPIHono } from '@hono/zod-openapi';
import { health } from '../../protocol/health.ts';
import { type Ids, makeIds } from '../ids.ts';
import type { Log } from '../log.ts';
import { systemRandomness } from '../randomness.ts';
import { jsonAnswer } from './answer.ts';
import { registerDeclared } from './declare.ts';
import { guard } from './guard.ts';
import { getJson } from './json-route.ts';
import { malformedFields } from './malformed.ts';
import { notFound } from './not-found.ts';
import { onError } from './on-error.ts';
import { problemSchema } from './problem.ts';

export interface ServiceAppOptions {
  /** The service's short name, in /healthz. */
  readonly name: string;
  /** Of the OpenAPI document. */
  readonly title: string;
  readonly version: string;
  readonly log: Log;
  /** A request's body has at most this many bytes. */
  readonly maxBytes: number;
  /** Whether the service can do its work now; asked by /readyz. */
  readonly ready: () => boolean;
  /** Identifies problem documents in the log. */
  readonly ids?: Ids;
}

/**
 * An HTTP service that answers every mistake with a problem document, limits bodies, and serves
 * /healthz, /readyz and /openapi.json. Routes are added with postMessage and getJson (json-route).
 */
export function serviceApp(options: ServiceAppOptions): OpenAPIHono {
  const { name, title, version, log, maxBytes, ready } = options;
  const ids = options.ids ?? makeIds(systemRandomness);
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      // zod-validator hands over what it checked, though its type does not say so.
      throw malformedFields(result.error.issues, 'data' in result ? result.data : undefined);
    },
  });
  app.onError(onError(log, ids));
  app.notFound(notFound(app, ids));
  app.use(guard(app, maxBytes));
  app.openAPIRegistry.register('Problem', problemSchema);

  getJson(app, {
    ...health.live,
    summary: 'The service is running',
    handle: () => ({ status: 200, body: { status: 'ok', service: name } }),
  });
  getJson(app, {
    ...health.ready,
    summary: 'The service can do its work',
    handle: () =>
      ready()
        ? { status: 200, body: { status: 'ready', service: name } }
        : { status: 503, body: { status: 'not_ready', service: name } },
  });
  let document: object | undefined;
  app.get('/openapi.json', () => {
    registerDeclared(app);
    document ??= app.getOpenAPI31Document({ openapi: '3.1.0', info: { title, version } });
    return jsonAnswer(document, 200);
  });
  return app;
}
