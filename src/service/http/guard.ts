import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RenkeiError } from '../../protocol/errors.ts';
import { API_HEADERS, isOurAnswer } from './answer.ts';
import { takesFiles } from './file-route.ts';

/**
 * Before every route: refuses bodies over `maxBytes` with payload_too_large. After it: sees to the
 * headers of answers that were not made by answer.ts.
 *
 * A declared length is judged by the header alone (HTTP's parser enforces it); only bodies without
 * one are counted as they come, because hono's counter costs a web stream for each request. Routes that take
 * files (file-route) have limits of their own.
 */
export function guard(app: object, maxBytes: number): MiddlewareHandler {
  const tooLarge = (): never => {
    throw new RenkeiError('payload_too_large', {
      hint: {
        ja: `電文は ${maxBytes} バイトまでです`,
        en: `A message has at most ${maxBytes} bytes`,
      },
      extensions: { max_bytes: maxBytes },
    });
  };
  const count = bodyLimit({ maxSize: maxBytes, onError: tooLarge });
  return async (context, next) => {
    if (context.req.method === 'POST' && takesFiles(app, context.req.path)) {
      await next();
    } else if (hasUnknownLength(context)) {
      await count(context, next);
    } else {
      if (Number(context.req.header('content-length') ?? 0) > maxBytes) tooLarge();
      await next();
    }
    if (isOurAnswer(context.res)) return;
    for (const [name, value] of Object.entries(API_HEADERS)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  };
}

const hasUnknownLength = ({ req }: Context): boolean =>
  req.method !== 'GET' &&
  req.method !== 'HEAD' &&
  (req.header('content-length') === undefined || req.header('transfer-encoding') !== undefined);
