import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { RenkeiError } from '../../protocol/errors.ts';

/** Read without a token, but never with a wrong one. */
const READABLE: ReadonlySet<string> = new Set([
  '/v1/parties',
  '/v1/examples',
  '/v1/journal',
  '/v1/journal/live',
]);
const LOOPBACK = /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/;

/**
 * Lets in the operator and nobody else: whoever has the token of this start. A page in a browser of this
 * machine is no operator, so names that only point here (DNS rebinding) and other origins are refused before
 * anything is looked at. /healthz, /readyz and /openapi.json are for everybody and stand before it.
 * @throws RenkeiError not_authorised, not_authenticated
 */
export function guardControl(token: string): MiddlewareHandler {
  const expected = digestOf(token);
  return async (context, next) => {
    checkHost(context);
    const { path, method } = context.req;
    const authorization = context.req.header('authorization');
    const mayGoWithout = (method === 'GET' || method === 'HEAD') && READABLE.has(path);
    if (authorization !== undefined || !mayGoWithout) {
      const given = /^Bearer ([A-Za-z0-9_-]{1,256})$/.exec(authorization ?? '')?.[1] ?? '';
      if (!timingSafeEqual(digestOf(given), expected)) throw noToken();
    }
    await next();
  };
}

/** Digests have one length, and comparing them tells nothing of the texts. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function checkHost({ req }: Context): void {
  const url = new URL(req.url);
  const origin = req.header('origin');
  if (LOOPBACK.test(url.hostname) && (origin === undefined || origin === url.origin)) return;
  throw new RenkeiError('not_authorised', {
    ja: 'この宛先名または送信元からは操作できません',
    en: 'Not by this name, or not from this origin',
    hint: {
      ja: '127.0.0.1、[::1]、localhost のいずれかで接続してください',
      en: 'Connect to it as 127.0.0.1, [::1] or localhost',
    },
  });
}

const noToken = (): RenkeiError =>
  new RenkeiError('not_authenticated', {
    hint: {
      ja: 'running.json にある操作者のトークンを Authorization: Bearer で送ってください。機関の資格では操作できません',
      en: 'Send the operator’s token in running.json as Authorization: Bearer; an agency’s credentials do not count',
    },
  });
