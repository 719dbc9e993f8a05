import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { type ErrorCode, RenkeiError, statusOf } from '../../protocol/errors.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import { problemAnswer } from './answer.ts';
import { malformed } from './malformed.ts';
import { problemOfError } from './problem.ts';

/** Hono's own refusals that have a frozen code. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'not_authenticated',
  403: 'not_authorised',
  404: 'not_found',
  413: 'payload_too_large',
  429: 'rate_limited',
};

const OWN_FAILURES: ReadonlySet<ErrorCode> = new Set(['internal', 'storage_full']);

/** What the world is told of anything thrown; unknown errors are `internal` and keep their words. */
function told(thrown: unknown): RenkeiError {
  if (thrown instanceof RenkeiError) return thrown;
  if (thrown instanceof HTTPException) {
    const code = BY_STATUS[thrown.status];
    if (code !== undefined) return new RenkeiError(code, {}, { cause: thrown });
    if (thrown.status < 500) {
      return malformed({
        hint: {
          ja: 'Content-Type: application/json を付けて JSON (UTF-8) を送ってください',
          en: 'Send JSON in UTF-8 with Content-Type: application/json',
        },
      });
    }
  }
  return new RenkeiError('internal', {}, { cause: thrown });
}

/** How long to wait goes into the header as well, where clients look for it (RFC 9110 §10.2.3). */
function headersOf({ code, detail }: RenkeiError): Readonly<Record<string, string>> | undefined {
  const seconds = detail.extensions?.retry_after_seconds;
  if (code !== 'rate_limited' || typeof seconds !== 'number') return undefined;
  return { 'retry-after': String(seconds) };
}

/**
 * The one place where errors become HTTP. Logs the code, the route's pattern (a path can hold
 * identifiers) and the id that the problem document carries as `instance`: failures of this service
 * at level error, a peer's at warn, refusals at debug.
 */
export const onError =
  (log: Log, ids: Ids) =>
  (thrown: unknown, context: Context): Response => {
    const error = told(thrown);
    const id = ids();
    const facts = { id, code: error.code, method: context.req.method, route: routePath(context) };
    if (OWN_FAILURES.has(error.code)) {
      log.error({ ...facts, err: error.cause ?? error }, 'request failed');
    } else if (statusOf(error.code) >= 500) log.warn(facts, 'peer failed');
    else log.debug(facts, 'request refused');
    return problemAnswer(problemOfError(error, id), headersOf(error));
  };
