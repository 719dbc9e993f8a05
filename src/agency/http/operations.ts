import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import {
  AffairCode,
  Id,
  InformationCode,
  IntegratedAddressNumber,
} from '../../protocol/identifiers.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { AgencyNode, StaffMember } from '../core/node.ts';
import { servesAffair } from '../core/staff/authority.ts';
import type { LoggedOperation, OperationFilter } from '../core/staff/operation-log.ts';
import { done, LOG_REASONS } from '../core/staff/operations.ts';
import { From, Until } from './period.ts';
import { type Authenticate, staffOf } from './principal.ts';

const Word = z.string().regex(/^[\w./() -]{1,80}$/);

const OperationsQuery = z.strictObject({
  actor: Word.optional().describe('Who did it: a person, or a business system'),
  account: Word.optional().describe('The shared id that was used'),
  person: IntegratedAddressNumber.optional().describe('On whom'),
  subject: Word.optional().describe('The user, business system … that it was about'),
  operation: Word.optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  from: From.optional(),
  until: Until.optional(),
  after: z.coerce.number().int().min(0).default(0).describe('Lines after this one'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const OperationView = z.strictObject({
  seq: z.int(),
  at: z.string(),
  actorKind: z.enum(['staff', 'business-system', 'system']),
  actor: z.string(),
  account: z.string().optional(),
  operation: z.string(),
  outcome: z.enum(['done', 'refused']),
  code: z.string().optional(),
  reason: z.enum(LOG_REASONS).optional(),
  person: IntegratedAddressNumber.optional(),
  affair: AffairCode.optional(),
  information: InformationCode.optional(),
  exchange: Id.optional(),
  subject: z.string().optional(),
  count: z.int().optional(),
});

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];

/** GET /v1/operations: who did what, when and on whom. Whoever reads is in it as well. */
export function operationsRoute(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    path: '/v1/operations',
    summary: 'The operation log, oldest first',
    query: OperationsQuery,
    responses: { 200: z.strictObject({ operations: z.array(OperationView) }) },
    errors: ERRORS,
    async handle({ after, limit, ...filter }, context) {
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
