import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { RenkeiError } from '../../protocol/errors.ts';
import { Id, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { bearerOf } from '../../service/http/bearer.ts';
import type { Principal, StaffMember } from '../core/node.ts';
import { checkOperation } from '../core/staff/authority.ts';
import type { About, OperationName } from '../core/staff/operations.ts';
import { SessionOver, type Sessions } from '../core/staff/sessions.ts';
import { attempted } from './refusals.ts';

/** Finds who sends a request. How (tokens, log-in, client assertions) is its own. */
export type Authenticate = (authorization: string | undefined) => Principal;

/**
 * Business systems by the tokens made when the node starts, staff by their sessions. One look-up each, in memory.
 * @throws RenkeiError not_authenticated
 */
export const systemsAndStaff =
  (systems: ReadonlyMap<string, Principal>, sessions: Sessions): Authenticate =>
  (authorization) => {
    const token = bearerOf(authorization) ?? '';
    return systems.get(token) ?? sessions.find(token).by;
  };

/**
 * Who sends a request, when only one kind of caller may.
 * @throws RenkeiError not_authenticated, not_authorised
 */
export function principalOf(
  authenticate: Authenticate,
  context: Context,
  kind: Principal['kind'],
): Principal {
  const operation = `${context.req.method} ${routePath(context)}`;
  const principal = whoSends(authenticate, context, operation);
  if (principal.kind !== kind) {
    attempted(context, principal, operation);
    throw new RenkeiError('not_authorised');
  }
  return principal;
}

/**
 * The member of staff who sends a request, if they may do this. What the route throws after this is written
 * to the operation log as a refusal, and what it does as done unless it writes a line itself (`done`), before the
 * answer leaves.
 * @param about the affair, where the request tells; one that is found out later is for `checkAffair`
 * @throws RenkeiError not_authenticated, not_authorised
 */
export function staffOf(
  authenticate: Authenticate,
  context: Context,
  operation: OperationName,
  about: About = {},
): StaffMember {
  const told = { ...namedIn(context), ...about };
  // A copy of its own for each request: it is told by it whether the request has its line in the operation log.
  const by = { ...whoSends(authenticate, context, operation, told) };
  attempted(context, by, operation, told);
  if (by.kind !== 'staff') throw new RenkeiError('not_authorised');
  checkOperation(by, operation, about.affair);
  return by;
}

/** The exchange and the person that a path names, if they are of that form: nothing else of it is written down. */
function namedIn({ req }: Context): About {
  const exchange = Id.safeParse(req.param('exchange')).data;
  const person = IntegratedAddressNumber.safeParse(req.param('person')).data;
  return { ...(exchange !== undefined && { exchange }), ...(person !== undefined && { person }) };
}

/** Whose session is over is known all the same, and told of in the operation log. */
function whoSends(
  authenticate: Authenticate,
  context: Context,
  operation: string,
  about: About = {},
): Principal {
  try {
    return authenticate(context.req.header('authorization'));
  } catch (error) {
    if (error instanceof SessionOver) attempted(context, error.by, operation, about);
    throw error;
  }
}
