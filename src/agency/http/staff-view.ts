import { z } from 'zod';
import type { AgencyNode } from '../core/node.ts';
import type { Issued } from '../core/staff/administer.ts';
import { operationsOf } from '../core/staff/authority.ts';
import { memberOf } from '../core/staff/sessions.ts';
import { passwordDueAt } from '../core/staff/standing.ts';
import {
  AffairsSchema,
  DepartmentCode,
  LoginName,
  RoleSchema,
  type User,
} from '../core/staff/users.ts';

/** One user in the list of users and authorities: what they may do, and nothing that lets anybody in. */
export const UserView = z.strictObject({
  user: LoginName,
  persons: z.array(LoginName).optional().describe('The persons who use a shared id'),
  department: z.strictObject({ code: DepartmentCode, name: z.string() }),
  roles: z.array(RoleSchema),
  affairs: AffairsSchema,
  operations: z.array(z.string()).describe('What the roles allow'),
  validFrom: z.string(),
  validUntil: z.string(),
  disabled: z.boolean(),
  lockedUntil: z.string().optional(),
  passwordDue: z.string().describe('From then on a new password is wanted'),
  createdAt: z.string(),
  lastLogInAt: z.string().optional(),
});

/** The same with what is told once, to be handed over. */
export const IssuedView = z.strictObject({
  user: UserView,
  initialPassword: z.string().optional(),
  oneTimeCodes: z.array(
    z.strictObject({
      person: LoginName,
      secret: z.string().describe('Base32'),
      uri: z.string().describe('For an authenticator app'),
    }),
  ),
});

export function userViewOf(node: AgencyNode, user: User): z.input<typeof UserView> {
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
): z.input<typeof IssuedView> => ({
  user: userViewOf(node, user),
  ...(initialPassword !== undefined && { initialPassword }),
  oneTimeCodes: [...factors],
});
