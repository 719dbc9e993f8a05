import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { Id } from '../../protocol/identifiers.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { giveGrant, showGrants, withdrawAll, withdrawGrant } from '../core/authority/grants.ts';
import { RIGHTS } from '../core/authority/operations.ts';
import { EVERY_AFFAIR, type Grant } from '../core/authority/ports.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { Affair, ERRORS_OF_ACCESS, SystemId } from './fields.ts';

const Kind = z.enum(['staff', 'business-system']);
const GrantView = z.strictObject({
  id: z.string(),
  kind: Kind,
  caller: z.string(),
  department: z.string(),
  affairs: z.array(z.string()),
  rights: z.array(z.enum(RIGHTS)),
  givenBy: z.string(),
  givenAt: z.string(),
  withdrawnBy: z.string().optional(),
  withdrawnAt: z.string().optional(),
});
const CallerView = z.strictObject({ kind: Kind, id: z.string(), role: z.string().optional() });

const errors: readonly ErrorCode[] = [
  ...ERRORS_OF_ACCESS,
  'state_conflict',
  'approval_by_same_person',
];
const tags = ['grants'];

/** /v1/grants, by supervisors and administrators: who may do what for which affairs. */
export function grantRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  getJson(app, {
    path: '/v1/grants',
    tags,
    summary: 'All callers, and all grants that were ever given',
    responses: {
      200: z.strictObject({ callers: z.array(CallerView), grants: z.array(GrantView) }),
    },
    errors: ERRORS_OF_ACCESS,
    async handle(_query, context) {
      const { callers, grants } = await showGrants(system, authenticate(context));
      const shown = callers.map((each) => ({
        kind: each.kind,
        id: each.id,
        role: each.kind === 'staff' ? each.role : undefined,
      }));
      return { status: 200, body: { callers: shown, grants: grants.map(viewOf) } };
    },
  });
  postMessage(app, {
    path: '/v1/grants',
    tags,
    summary: 'Give a grant: person in charge, department, affairs, rights',
    request: z.strictObject({
      kind: Kind,
      caller: SystemId,
      department: z.string().trim().min(1).max(100),
      affairs: z
        .array(z.union([z.literal(EVERY_AFFAIR), Affair]))
        .min(1)
        .max(200),
      rights: z.array(z.enum(RIGHTS)).min(1),
    }),
    responses: { 201: GrantView },
    errors,
    async handle(wanted, context) {
      const grant = await giveGrant(system, authenticate(context), wanted);
      return { status: 201, body: viewOf(grant) };
    },
  });
  postMessage(app, {
    path: '/v1/grants/{id}/withdraw',
    tags,
    summary: 'Withdraw a grant, at once',
    request: z.strictObject({}),
    responses: { 200: z.strictObject({ withdrawn: z.int() }) },
    errors,
    async handle(_body, context) {
      const id = Id.safeParse(context.req.param('id')).data ?? '';
      await withdrawGrant(system, authenticate(context), id);
      return { status: 200, body: { withdrawn: 1 } };
    },
  });
  postMessage(app, {
    path: '/v1/grants/withdraw',
    tags,
    summary: 'Withdraw everything that somebody has, at once',
    request: z.strictObject({ kind: Kind, caller: SystemId }),
    responses: { 200: z.strictObject({ withdrawn: z.int() }) },
    errors,
    async handle(whose, context) {
      const withdrawn = await withdrawAll(system, authenticate(context), whose);
      return { status: 200, body: { withdrawn } };
    },
  });
}

const viewOf = ({ givenAt, withdrawnAt, ...it }: Grant): z.input<typeof GrantView> => ({
  ...it,
  affairs: [...it.affairs],
  rights: [...it.rights],
  givenAt: new Date(givenAt).toISOString(),
  withdrawnAt: withdrawnAt === undefined ? undefined : new Date(withdrawnAt).toISOString(),
});
