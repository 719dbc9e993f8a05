import type { Context } from 'hono';
import type { StaffMember } from '../../core/principal.ts';
import { checkAffair } from '../../core/staff/authority.ts';
import type { OperationName } from '../../core/staff/operations.ts';
import { type Authenticate, staffOf } from '../principal.ts';

/**
 * The member of staff who sends a request about copies, if they may do this. A copy is provided for many affairs and
 * belongs to none: it is for those whose authority is not limited to some of them.
 * @throws RenkeiError not_authenticated, not_authorised
 */
export function copiesStaffOf(
  authenticate: Authenticate,
  context: Context,
  operation: Extract<OperationName, `copies.${string}`>,
): StaffMember {
  const by = staffOf(authenticate, context, operation);
  checkAffair(by, undefined);
  return by;
}
