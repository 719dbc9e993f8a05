import type { OpenAPIHono } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { LoginName, staff, type UserChange } from '../../protocol/node-api/staff.ts';
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
import { type Authenticate, staffOf } from './principal.ts';
import { issuedViewOf, userViewOf } from './staff-view.ts';

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];
const CHANGE: readonly ErrorCode[] = [...ERRORS, 'not_found', 'state_conflict', 'rate_limited'];

/** Users and their authority: lists for whoever checks them, changes by administrators. */
export function staffRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    ...staff.list,
    summary: 'All users and what they may do',
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'staff.show');
      await node.store.transact((tx) => tx.note(done(node, by, 'staff.show')));
      const users = node.store.read.users().map((user) => userViewOf(node, user));
      return { status: 200, body: { users } };
    },
  });
  getJson(app, {
    ...staff.show,
    summary: 'One user and what they may do',
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
    ...staff.add,
    summary: 'Make a user; the answer holds a password to be changed and secrets, told once',
    errors: CHANGE,
    async handle({ user, ...entry }, context) {
      const by = staffOf(authenticate, context, 'staff.change', { subject: user });
      return { status: 201, body: issuedViewOf(node, await addUser(node, by, user, entry)) };
    },
  });
  const change = <Request extends z.ZodType>(
    operation: UserChange<Request>,
    summary: string,
    act: (by: StaffMember, login: string, body: z.output<Request>) => Promise<Issued>,
  ) =>
    postMessage(app, {
      ...operation,
      summary,
      errors: CHANGE,
      async handle(body, context) {
        const login = LoginName.safeParse(context.req.param('user')).data;
        const by = staffOf(authenticate, context, 'staff.change', { subject: login });
        return { status: 200, body: issuedViewOf(node, await act(by, login ?? '', body)) };
      },
    });
  change(staff.change, 'Change what a user may do; their sessions end at once', (by, user, entry) =>
    changeUser(node, by, user, entry),
  );
  change(staff.disable, 'Withdraw a user’s authority at once', (by, user) =>
    disableUser(node, by, user, true),
  );
  change(staff.enable, 'Give it back', (by, user) => disableUser(node, by, user, false));
  change(staff.unlock, 'Let somebody try again who was locked out', (by, user) =>
    unlockUser(node, by, user),
  );
  change(staff.resetPassword, 'Give out a password to be changed', (by, user) =>
    resetPassword(node, by, user),
  );
  change(
    staff.resetOneTimeCodes,
    'Give out a new secret for one-time codes',
    (by, user, { person }) => resetFactor(node, by, user, person),
  );
}
