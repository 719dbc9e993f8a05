import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '../../protocol/errors.ts';
import { Id } from '../../protocol/identifiers.ts';
import { type GrantView, grants } from '../../protocol/persons-api/authority.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { giveGrant, showGrants, withdrawAll, withdrawGrant } from '../core/authority/grants.ts';
import { EVERY_AFFAIR, type Grant } from '../core/authority/ports.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { codeOfAffair, ERRORS_OF_ACCESS } from './fields.ts';

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
    ...grants.list,
    tags,
    summary: 'All callers, and all grants that were ever given',
    errors: ERRORS_OF_ACCESS,
    async handle(_query, context) {
      const { callers, grants: given } = await showGrants(system, authenticate(context));
      const shown = callers.map((each) => ({
        kind: each.kind,
        id: each.id,
        role: each.kind === 'staff' ? each.role : undefined,
      }));
      return { status: 200, body: { callers: shown, grants: given.map(viewOf) } };
    },
  });
  postMessage(app, {
    ...grants.give,
    tags,
    summary: 'Give a grant: person in charge, department, affairs, rights',
    errors,
    async handle(asked, context) {
      const affairs = asked.affairs.map((it) => (it === EVERY_AFFAIR ? it : codeOfAffair(it)));
      const grant = await giveGrant(system, authenticate(context), { ...asked, affairs });
      return { status: 201, body: viewOf(grant) };
    },
  });
  postMessage(app, {
    ...grants.withdraw,
    tags,
    summary: 'Withdraw a grant, at once',
    errors,
    async handle(_body, context) {
      const id = Id.safeParse(context.req.param('id')).data ?? '';
      await withdrawGrant(system, authenticate(context), id);
      return { status: 200, body: { withdrawn: 1 } };
    },
  });
  postMessage(app, {
    ...grants.withdrawAll,
    tags,
    summary: 'Withdraw everything that somebody has, at once',
    errors,
    async handle(whose, context) {
      const withdrawn = await withdrawAll(system, authenticate(context), whose);
      return { status: 200, body: { withdrawn } };
    },
  });
}

const viewOf = ({ givenAt, withdrawnAt, ...it }: Grant): GrantView => ({
  ...it,
  affairs: [...it.affairs],
  rights: [...it.rights],
  givenAt: new Date(givenAt).toISOString(),
  withdrawnAt: withdrawnAt === undefined ? undefined : new Date(withdrawnAt).toISOString(),
});
