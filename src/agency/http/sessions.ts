import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { sessions } from '../../protocol/node-api/sessions.ts';
import { bearerOf } from '../../service/http/bearer.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';
import { operationsOf } from '../core/staff/authority.ts';
import { changePassword, logOut } from '../core/staff/change-password.ts';
import { logIn } from '../core/staff/log-in.ts';
import { type FoundSession, SessionOver } from '../core/staff/sessions.ts';
import { attempted } from './refusals.ts';

/** Log-in, log-out and a new password, by members of staff. */
export function sessionsRoutes(app: OpenAPIHono, node: AgencyNode): void {
  postMessage(app, {
    ...sessions.logIn,
    summary: 'Log in with password and one-time code',
    description:
      'Whatever is wrong gets the same answer. A session ends after a time without activity, and after its hours.',
    errors: ['not_authenticated', 'rate_limited', 'storage_full'],
    mayHoldNumbers: ['user', 'password', 'code', 'person'],
    async handle(asked) {
      const token = await logIn(node, asked);
      return { status: 201, body: { token, ...viewOf(node, node.sessions.find(token)) } };
    },
  });
  getJson(app, {
    ...sessions.current,
    summary: 'Who is logged in, and what they may do',
    errors: ['not_authenticated'],
    handle(_query, context) {
      return { status: 200, body: viewOf(node, ownerIn(node, context, 'session')) };
    },
  });
  postMessage(app, {
    ...sessions.end,
    summary: 'Log out',
    errors: ['not_authenticated', 'storage_full'],
    async handle(_body, context) {
      await logOut(node, ownerIn(node, context, 'log-out'));
      return { status: 200, body: {} };
    },
  });
  postMessage(app, {
    ...sessions.password,
    summary: 'Set a password of one’s own',
    errors: ['not_authenticated', 'state_conflict', 'rate_limited', 'storage_full'],
    mayHoldNumbers: ['password', 'newPassword'],
    async handle(body, context) {
      await changePassword(node, ownerIn(node, context, 'password-change'), body);
      return { status: 200, body: {} };
    },
  });
}

/** Whose session a request is in. @throws RenkeiError not_authenticated */
function ownerIn(node: AgencyNode, context: Context, operation: string): FoundSession {
  try {
    return node.sessions.find(bearerOf(context.req.header('authorization')) ?? '');
  } catch (error) {
    if (error instanceof SessionOver) attempted(context, error.by, operation);
    throw error;
  }
}

const viewOf = ({ settings }: AgencyNode, { by, until }: FoundSession) => ({
  user: by.account ?? by.id,
  ...(by.account !== undefined && { person: by.id }),
  department: by.authority.department,
  roles: [...by.authority.roles],
  affairs: by.authority.affairs === 'all' ? ('all' as const) : [...by.authority.affairs],
  operations: [...operationsOf(by.authority)],
  passwordDue: by.passwordDue === true,
  idleMinutes: settings.staff.session.idleMinutes,
  endsAt: new Date(until).toISOString(),
});
