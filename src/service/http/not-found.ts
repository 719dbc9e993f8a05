import type { Context, Hono } from 'hono';
import { RenkeiError } from '../../protocol/errors.ts';
import type { Ids } from '../ids.ts';
import { problemAnswer } from './answer.ts';
import { problemOfError } from './problem.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The methods that some route takes at this path. */
const methodsAt = (router: Hono['router'], path: string): string[] =>
  METHODS.filter((method) =>
    router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );

/**
 * Answers what no route takes: `not_found`, with status 404 for an unknown path, and 405 with `Allow`
 * (RFC 9110 §15.5.6) for a known path asked with another method.
 */
export const notFound =
  (app: { readonly router: Hono['router'] }, ids: Ids) =>
  (context: Context): Response => {
    const allow = methodsAt(app.router, context.req.path);
    if (allow.length === 0)
      return problemAnswer(problemOfError(new RenkeiError('not_found'), ids()));
    const methods = allow.join(', ');
    const error = new RenkeiError('not_found', {
      ja: `このパスで使えるメソッドは ${methods} です`,
      en: `This path takes ${methods}`,
      extensions: { allow },
    });
    return problemAnswer({ ...problemOfError(error, ids()), status: 405 }, { allow: methods });
  };
