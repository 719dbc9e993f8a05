import type { OpenAPIHono } from '@hono/zod-openapi';
import { malformed } from '../../protocol/encoding.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { DepartmentCode, departments } from '../../protocol/node-api/staff.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';
import { putDepartment } from '../core/staff/administer.ts';
import { done } from '../core/staff/operations.ts';
import type { Department } from '../core/staff/users.ts';
import { type Authenticate, staffOf } from './principal.ts';

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];

/** Departments and the affairs that limit their people. */
export function departmentsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    ...departments.list,
    summary: 'Departments and their affairs',
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'staff.show');
      await node.store.transact((tx) => tx.note(done(node, by, 'staff.show')));
      return { status: 200, body: { departments: node.store.read.departments().map(viewOf) } };
    },
  });
  postMessage(app, {
    ...departments.put,
    summary: 'Make a department, or change it: what its people may do changes at once',
    errors: [...ERRORS, 'not_found'],
    async handle(entry, context) {
      const by = staffOf(authenticate, context, 'staff.change');
      const code = DepartmentCode.safeParse(context.req.param('code')).data;
      if (code === undefined)
        throw malformed('部署の符号は英小文字と数字です', 'A code is small letters and digits');
      await putDepartment(node, by, { code, ...entry });
      return { status: 200, body: { code, ...entry } };
    },
  });
}

const viewOf = ({ code, name, affairs }: Department) => ({
  code,
  name,
  affairs: affairs === 'all' ? affairs : [...affairs],
});
