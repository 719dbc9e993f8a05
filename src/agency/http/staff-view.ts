import type { IssuedView, UserView } from '../../protocol/node-api/staff.ts';
import type { AgencyNode } from '../core/node.ts';
import type { Issued } from '../core/staff/administer.ts';
import { operationsOf } from '../core/staff/authority.ts';
import { memberOf } from '../core/staff/sessions.ts';
import { passwordDueAt } from '../core/staff/standing.ts';
import type { User } from '../core/staff/users.ts';

export function userViewOf(node: AgencyNode, user: User): UserView {
  const { read } = node.store;
  const { roles, affairs } = memberOf(read, user, user.login).authority;
  const authority = { roles, affairs, department: user.department };
  const time = (at: number) => new Date(at).toISOString();
  const due = passwordDueAt(user, node.settings.staff);
  return {
    user: user.login,
    ...(user.shared && { persons: read.factors(user.login).map(({ person }) => person) }),
    department: {
      code: user.department,
      name: read.department(user.department)?.name ?? user.department,
    },
    roles: [...roles],
    affairs: affairs === 'all' ? affairs : [...affairs],
    operations: [...operationsOf(authority)],
    validFrom: user.validFrom,
    validUntil: user.validUntil,
    disabled: user.disabled,
    ...(user.lockedUntil > node.clock.now() && { lockedUntil: time(user.lockedUntil) }),
    passwordDue: time(Math.max(due, user.passwordSetAt)),
    createdAt: time(user.createdAt),
    ...(user.lastLogInAt !== undefined && { lastLogInAt: time(user.lastLogInAt) }),
  };
}

export const issuedViewOf = (
  node: AgencyNode,
  { user, initialPassword, factors }: Issued,
): IssuedView => ({
  user: userViewOf(node, user),
  ...(initialPassword !== undefined && { initialPassword }),
  oneTimeCodes: [...factors],
});
