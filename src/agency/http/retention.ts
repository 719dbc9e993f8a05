import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { Id } from '../../protocol/identifiers.ts';
import { retention as api } from '../../protocol/node-api/retention.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { holdView, pruningView } from '../../service/http/retention-views.ts';
import type { Hold, RecordRetention } from '../../service/ports.ts';
import type { AgencyNode, StaffMember } from '../core/node.ts';
import type { AgencyTx } from '../core/ports.ts';
import { servesAffair } from '../core/staff/authority.ts';
import { done, type OperationName } from '../core/staff/operations.ts';
import { type Authenticate, staffOf } from './principal.ts';
import { systemOf } from './system-of.ts';

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];

/** Legal holds on this agency’s records, and pruning by hand (番号法施行令29条). */
export function retentionRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  retention: RecordRetention<AgencyTx>,
  authenticate: Authenticate,
): void {
  const tags = ['retention'];
  const whoMay = (context: Context, operation: OperationName): StaffMember => {
    const by = staffOf(authenticate, context, operation);
    // Records of every affair are held or go.
    if (!servesAffair(by.authority, undefined)) throw new RenkeiError('not_authorised');
    return by;
  };
  const viewOf = (hold: Hold) => ({
    ...holdView(hold),
    integratedAddressNumber:
      hold.person === undefined ? undefined : node.store.read.personOf(hold.person),
  });
  const noted =
    (by: StaffMember) =>
    (tx: AgencyTx, { id, exchange, person }: Hold) => {
      const named = person === undefined ? undefined : tx.personOf(person);
      tx.note(done(node, by, 'holds.change', { subject: id, exchange, person: named }));
    };

  getJson(app, {
    ...api.holds,
    tags,
    summary: 'Legal holds, the newest first; those that were lifted too',
    errors: ERRORS,
    handle(_query, context) {
      whoMay(context, 'holds.show');
      return { status: 200, body: { holds: retention.holds().map(viewOf) } };
    },
  });
  getJson(app, {
    ...api.heldPersons,
    tags,
    summary: 'What the address-number system has to keep of its access log',
    errors: ['not_authenticated', 'not_authorised', 'rate_limited', 'storage_full'],
    handle(_query, context) {
      systemOf(node, authenticate, context, 'change-persons');
      const { issuedAt } = node.directory;
      const vouchedUntil = issuedAt > 0 ? new Date(issuedAt * 1000).toISOString() : undefined;
      const holds = retention
        .holds()
        .filter(({ releasedAt, exchange, agency }) => !(releasedAt ?? exchange ?? agency))
        // A person whose code is nobody’s any more cannot be named: then nothing goes.
        .map(viewOf)
        .map(({ integratedAddressNumber, from, until }) => ({
          ...{ integratedAddressNumber, from, until },
        }));
      return { status: 200, body: { vouchedUntil, holds } };
    },
  });
  postMessage(app, {
    ...api.hold,
    tags,
    summary: 'Hold records beyond their time: those that everything told is true of',
    errors: [...ERRORS, 'not_found'],
    async handle({ reason, integratedAddressNumber, ...target }, context) {
      const by = whoMay(context, 'holds.change');
      const person =
        integratedAddressNumber === undefined ? undefined : codeOf(node, integratedAddressNumber);
      const why = { reason, by: by.id };
      const hold = await retention.place({ ...target, person }, why, noted(by));
      return { status: 201, body: viewOf(hold) };
    },
  });
  postMessage(app, {
    ...api.release,
    tags,
    summary: 'Lift a hold: what it held goes if its time is over',
    errors: [...ERRORS, 'not_found', 'state_conflict'],
    async handle(_body, context) {
      const by = whoMay(context, 'holds.change');
      const id = Id.safeParse(context.req.param('hold')).data;
      if (id === undefined) throw new RenkeiError('not_found');
      return { status: 200, body: viewOf(await retention.release(id, by.id, noted(by))) };
    },
  });
  postMessage(app, {
    ...api.prune,
    tags,
    summary: 'Take the content of records away whose time is over, now rather than by the clock',
    errors: ERRORS,
    async handle({ dryRun }, context) {
      const by = whoMay(context, 'records.prune');
      const pruning = await retention.prune({ by: by.id, dryRun });
      const count = dryRun ? 0 : pruning.pruned;
      await node.store.transact((tx) => tx.note(done(node, by, 'records.prune', { count })));
      return { status: 200, body: pruningView(pruning) };
    },
  });
}

/** @throws RenkeiError not_found: of whom there is no code, there are no records */
function codeOf({ store }: AgencyNode, person: string): string {
  const code = store.read.codeOf(person);
  if (code !== undefined) return code;
  throw new RenkeiError('not_found', {
    ja: 'この番号の識別符号がなく、記録もありません',
    en: 'There is no code for this number, and so no record',
  });
}
