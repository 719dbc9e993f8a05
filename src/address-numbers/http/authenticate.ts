import type { Context } from 'hono';
import { RenkeiError } from '../../protocol/errors.ts';
import type { Caller } from '../core/authority/caller.ts';

/** Finds who sends a request. @throws RenkeiError not_authenticated */
export type Authenticate = (context: Context) => Caller;

/** Bearer tokens of this system’s own (RFC 6750): those of the node do not count here. */
export function authenticator(callers: ReadonlyMap<string, Caller>): Authenticate {
  return (context) => {
    const authorization = context.req.header('authorization') ?? '';
    const token = /^Bearer ([A-Za-z0-9_-]{22,128})$/.exec(authorization)?.[1];
    const caller = token === undefined ? undefined : callers.get(token);
    if (caller) return caller;
    throw new RenkeiError('not_authenticated', {
      hint: {
        ja: '接続情報（running.json）にある、この機関の addressNumbers のトークンを Authorization: Bearer で送ってください',
        en: 'Send a token of this agency’s addressNumbers in running.json as Authorization: Bearer',
      },
    });
  };
}
