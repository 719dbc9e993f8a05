import type { Context } from 'hono';
import type { AgencyNode, Principal } from '../core/node.ts';
import type { About, OperationName } from '../core/staff/operations.ts';
import { type Authenticate, staffOf } from './principal.ts';
import { systemOf } from './system-of.ts';

/**
 * Who sends a request about inquiries: a member of staff who may do this, or a business system that may inquire.
 * @throws RenkeiError not_authenticated, not_authorised, rate_limited
 */
export function callerOf(
  node: AgencyNode,
  authenticate: Authenticate,
  context: Context,
  operation: OperationName,
  about: About = {},
): Principal {
  return kindOf(authenticate, context) === 'staff'
    ? staffOf(authenticate, context, operation, about)
    : systemOf(node, authenticate, context, 'inquire', about);
}

/** Whether staff or a business system sends it. Strangers are turned away as business systems are: it is those who connect. */
export function kindOf(
  authenticate: Authenticate,
  context: Context,
): Principal['kind'] | undefined {
  try {
    return authenticate(context.req.header('authorization')).kind;
  } catch {
    return undefined;
  }
}
