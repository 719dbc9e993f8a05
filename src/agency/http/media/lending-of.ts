import type { Context } from 'hono';
import { aboutLending } from '../../core/media/lend.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { StaffMember } from '../../core/principal.ts';
import type { OperationName } from '../../core/staff/operations.ts';
import { type Authenticate, staffOf } from '../principal.ts';

/**
 * The member of staff who does something about the lending that the path names; the operation log tells which, of a
 * refusal too.
 * @throws RenkeiError not_authenticated, not_authorised
 */
export function staffOfLending(
  node: AgencyNode,
  authenticate: Authenticate,
  context: Context,
  operation: Extract<OperationName, `media.${string}`>,
): { readonly by: StaffMember; readonly id: string } {
  const id = context.req.param('id') ?? '';
  const lending = node.store.read.lending(id);
  const about = lending ? aboutLending(lending) : {};
  return { by: staffOf(authenticate, context, operation, about), id };
}
