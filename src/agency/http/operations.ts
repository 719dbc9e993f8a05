import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '../../protocol/errors.ts';
import { operationLog } from '../../protocol/node-api/operation-log.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { AgencyNode, StaffMember } from '../core/node.ts';
import { servesAffair } from '../core/staff/authority.ts';
import type { LoggedOperation, OperationFilter } from '../core/staff/operation-log.ts';
import { done } from '../core/staff/operations.ts';
import { periodOf } from './period.ts';
import { type Authenticate, staffOf } from './principal.ts';

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];

/** GET /v1/operations: who did what, when and on whom. Whoever reads is in it as well. */
export function operationsRoute(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    ...operationLog.list,
    summary: 'The operation log, oldest first',
    errors: ERRORS,
    async handle({ after, limit, from, until, ...rest }, context) {
      const filter = { ...rest, ...periodOf({ from, until }) };
      const by = staffOf(authenticate, context, 'operations.show');
      const found = linesFor(node, by, filter, after, limit);
      const { person } = filter;
      const line = done(node, by, 'operations.show', { person, count: found.length });
      await node.store.transact((tx) => tx.note(line));
      return { status: 200, body: { operations: found.map(viewOf) } };
    },
  });
}

const CHUNK = 1000;

/** The next lines that somebody may see: all, or those of their affairs. */
function linesFor(
  { store }: AgencyNode,
  { authority }: StaffMember,
  filter: OperationFilter,
  after: number,
  limit: number,
): readonly LoggedOperation[] {
  if (authority.affairs === 'all') return store.read.operationsWhere(filter, after, limit);
  const found: LoggedOperation[] = [];
  for (let from = after; ; ) {
    const chunk = store.read.operationsWhere(filter, from, CHUNK);
    found.push(...chunk.filter(({ operation }) => servesAffair(authority, operation.affair)));
    from = chunk.at(-1)?.seq ?? from;
    if (found.length >= limit || chunk.length < CHUNK) return found.slice(0, limit);
  }
}

const viewOf = ({ seq, operation: { at, ...rest } }: LoggedOperation) => ({
  seq,
  at: new Date(at).toISOString(),
  ...rest,
});
