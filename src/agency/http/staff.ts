import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { AgencyNode, StaffMember } from '../core/node.ts';
import {
  addUser,
  changeUser,
  disableUser,
  found,
  type Issued,
  resetFactor,
  resetPassword,
  unlockUser,
} from '../core/staff/administer.ts';
import { done } from '../core/staff/operations.ts';
import { AffairsSchema, DepartmentCode, LoginName, RoleSchema } from '../core/staff/users.ts';
import { type Authenticate, staffOf } from './principal.ts';
import { IssuedView, issuedViewOf, UserView, userViewOf } from './staff-view.ts';

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];
const CHANGE: readonly ErrorCode[] = [...ERRORS, 'not_found', 'state_conflict', 'rate_limited'];

const Entry = z.strictObject({
  department: DepartmentCode,
  roles: z.array(RoleSchema).min(1).max(4),
  affairs: AffairsSchema,
  validFrom: z.iso.date().describe('First day in Japan'),
  validUntil: z.iso.date().describe('Last day in Japan'),
  persons: z
    .array(LoginName)
    .min(1)
    .max(100)
    .optional()
    .describe('A shared id: the persons who use it, by name. Left out, an id is one person’s own'),
});

/** Users and their authority: lists for whoever checks them, changes by administrators. */
export function staffRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    path: '/v1/staff',
    summary: 'All users and what they may do',
    responses: { 200: z.strictObject({ users: z.array(UserView) }) },
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'staff.show');
      await node.store.transact((tx) => tx.note(done(node, by, 'staff.show')));
      const users = node.store.read.users().map((user) => userViewOf(node, user));
      return { status: 200, body: { users } };
    },
  });
  getJson(app, {
    path: '/v1/staff/{user}',
    summary: 'One user and what they may do',
    responses: { 200: UserView },
    errors: [...ERRORS, 'not_found'],
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'staff.show');
      const user = found(node.store.read, context.req.param('user') ?? '');
      await node.store.transact((tx) =>
        tx.note(done(node, by, 'staff.show', { subject: user.login })),
      );
      return { status: 200, body: userViewOf(node, user) };
    },
  });
  postMessage(app, {
    path: '/v1/staff',
    summary: 'Make a user; the answer holds a password to be changed and secrets, told once',
    request: Entry.extend({ user: LoginName }),
    responses: { 201: IssuedView },
    errors: CHANGE,
    async handle({ user, ...entry }, context) {
      const by = staffOf(authenticate, context, 'staff.change', { subject: user });
      return { status: 201, body: issuedViewOf(node, await addUser(node, by, user, entry)) };
    },
  });
  const change = <Body extends z.ZodType>(
    path: string,
    summary: string,
    request: Body,
    act: (by: StaffMember, login: string, body: z.output<Body>) => Promise<Issued>,
  ) =>
    postMessage(app, {
      path: `/v1/staff/{user}${path}`,
      summary,
      request,
      responses: { 200: IssuedView },
      errors: CHANGE,
      async handle(body, context) {
        const login = LoginName.safeParse(context.req.param('user')).data;
        const by = staffOf(authenticate, context, 'staff.change', { subject: login });
        return { status: 200, body: issuedViewOf(node, await act(by, login ?? '', body)) };
      },
    });
  const Nothing = z.strictObject({});
  change(
    '',
    'Change what a user may do; their sessions end at once',
    Entry.partial(),
    (by, user, entry) => changeUser(node, by, user, entry),
  );
  change('/disable', 'Withdraw a user’s authority at once', Nothing, (by, user) =>
    disableUser(node, by, user, true),
  );
  change('/enable', 'Give it back', Nothing, (by, user) => disableUser(node, by, user, false));
  change('/unlock', 'Let somebody try again who was locked out', Nothing, (by, user) =>
    unlockUser(node, by, user),
  );
  change('/password', 'Give out a password to be changed', Nothing, (by, user) =>
    resetPassword(node, by, user),
  );
  change(
    '/one-time-codes',
    'Give out a new secret for one-time codes',
    z.strictObject({ person: LoginName.optional() }),
    (by, user, { person }) => resetFactor(node, by, user, person),
  );
}
