import type { Context } from 'hono';
import { RenkeiError } from '../../protocol/errors.ts';
import type { Principal } from '../core/node.ts';

/** Finds who sends a request. How (tokens now, log-in and client assertions with the staff’s functions) is its own. */
export type Authenticate = (authorization: string | undefined) => Principal;

/** Bearer tokens made when the node starts (RFC 6750). @throws RenkeiError not_authenticated */
export function tokenAuthenticator(tokens: ReadonlyMap<string, Principal>): Authenticate {
  return (authorization) => {
    const token = /^Bearer ([A-Za-z0-9_-]{22,128})$/.exec(authorization ?? '')?.[1];
    const principal = token === undefined ? undefined : tokens.get(token);
    if (!principal) {
      throw new RenkeiError('not_authenticated', {
        hint: {
          ja: '`renkei up` が書き出したトークンを Authorization: Bearer で送ってください',
          en: 'Send the token that `renkei up` wrote as Authorization: Bearer',
        },
      });
    }
    return principal;
  };
}

/** @throws RenkeiError not_authenticated, not_authorised */
export function principalOf(
  authenticate: Authenticate,
  context: Context,
  kind: Principal['kind'],
): Principal {
  const principal = authenticate(context.req.header('authorization'));
  if (principal.kind !== kind) throw new RenkeiError('not_authorised');
  return principal;
}
