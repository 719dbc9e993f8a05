import type { Context } from 'hono';
import { RenkeiError } from '../../protocol/errors.ts';
import type { Use } from '../../protocol/node-api/business-systems.ts';
import { holderOf, UNKNOWN } from '../core/business-systems/issue-token.ts';
import type { AgencyNode, Principal } from '../core/node.ts';
import type { About } from '../core/staff/operations.ts';
import type { Authenticate } from './principal.ts';
import { admitted, attempted } from './refusals.ts';

/** What a use is called in the operation log. */
const OPERATION: Readonly<Record<Use, string>> = {
  inquire: 'inquiries.ask',
  'import-copies': 'copies.import',
  'acquire-codes': 'codes.acquire',
  'change-persons': 'persons.change',
};

/**
 * Also knows the tokens that business systems logged in for, and turns away those whose entry does not let them
 * in (any more), whatever their token.
 */
export const withBusinessSystems =
  (node: AgencyNode, others: Authenticate): Authenticate =>
  (authorization) => {
    const token = /^Bearer ([A-Za-z0-9_-]{22,128})$/.exec(authorization ?? '')?.[1];
    const id = token === undefined ? undefined : holderOf(node, token);
    const principal: Principal =
      id === undefined ? others(authorization) : { kind: 'business-system', id };
    if (principal.kind === 'business-system') node.systems.enabled(principal.id);
    return principal;
  };

/**
 * The business system that sends a request, if its entry lets it use this, and not too often. A refusal is
 * in the operation log before the answer leaves.
 * @throws RenkeiError not_authenticated, not_authorised, rate_limited
 */
export function systemOf(
  node: AgencyNode,
  authenticate: Authenticate,
  context: Context,
  use: Use,
  about: About = {},
): Principal & { readonly kind: 'business-system' } {
  attempted(context, { kind: 'business-system', id: UNKNOWN }, OPERATION[use], about);
  const by = authenticate(context.req.header('authorization'));
  attempted(context, by, OPERATION[use], about);
  if (by.kind !== 'business-system') throw new RenkeiError('not_authorised');
  node.systems.admit(by.id, use, node.clock.now());
  admitted(context);
  return by;
}
