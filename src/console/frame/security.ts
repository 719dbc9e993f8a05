import type { Context, MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const LOOPBACK = /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/;
const SAFE = new Set(['GET', 'HEAD']);

/**
 * Lets in this machine’s own pages and nobody else’s: a name that only points here (DNS rebinding) is refused, and
 * so is whatever another site has the browser send (Fetch Metadata; RFC 6454 for browsers without it).
 */
export function guardConsole(): MiddlewareHandler {
  return async (context, next) => {
    if (!LOOPBACK.test(new URL(context.req.url).hostname)) return refused(context);
    if (!SAFE.has(context.req.method) && !isOwn(context)) return refused(context);
    return await next();
  };
}

/** A form of this console sent it. A browser says so in one header or the other; what says neither is no form. */
function isOwn({ req }: Context): boolean {
  const origin = req.header('origin');
  const site = req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return origin === new URL(req.url).origin;
}

const refused = (context: Context) =>
  context.text('このページからは操作できません / Not from this page or by this name\n', 403);

/** Nothing inline, nothing from elsewhere, in no frame. */
export const strictHeaders = (): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    // Only loopback, without TLS: there is nothing to upgrade to.
    strictTransportSecurity: false,
  });
