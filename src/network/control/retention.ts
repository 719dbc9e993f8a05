import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { AgencyCode, Id, IdentificationCode } from '../../protocol/identifiers.ts';
import {
  HoldFields,
  holdTarget,
  inOrder,
  isHold,
  NOT_A_HOLD,
  NOT_IN_ORDER,
  PruneRequest,
  PruningView,
} from '../../protocol/node-api/retention.ts';
import { HoldReason } from '../../protocol/record.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { holdView, pruningView } from '../../service/http/retention-views.ts';
import type { Hold } from '../../service/ports.ts';
import type { Watched } from '../network.ts';
import { OPERATOR_ERRORS } from './errors.ts';

/** The gateway knows a person by an agency’s code, which it turns into its own digest at once. */
const Person = z.strictObject({ agency: AgencyCode, code: IdentificationCode });

const Asked = z
  .strictObject({ reason: HoldReason, ...holdTarget, person: Person.optional() })
  .refine(isHold, NOT_A_HOLD)
  .refine(inOrder, NOT_IN_ORDER);

const View = HoldFields.extend({
  person: z.boolean().describe('Whether it is about one person; who, the gateway cannot tell'),
});
const viewOf = (hold: Hold) => ({ ...holdView(hold), person: hold.person !== undefined });

/** What holds are placed by here. The agencies’ own staff do it at their nodes. */
const OPERATOR = 'operator';

/** Legal holds on the gateway’s records, and pruning by hand: the gateway has no staff but its operator. */
export function retentionRoutes(app: OpenAPIHono, network: Watched): void {
  const tags = ['logs'];
  const errors = [...OPERATOR_ERRORS, 'storage_full'] as const;
  getJson(app, {
    path: '/v1/logs/gateway/holds',
    tags,
    summary: 'Legal holds on the gateway’s records, the newest first; those that were lifted too',
    responses: { 200: z.strictObject({ holds: z.array(View) }) },
    errors: OPERATOR_ERRORS,
    handle: () => ({
      status: 200,
      body: { holds: network.gateway.retention.holds().map(viewOf) },
    }),
  });
  postMessage(app, {
    path: '/v1/logs/gateway/holds',
    tags,
    summary: 'Hold records beyond their time: those that everything told is true of',
    request: Asked,
    responses: { 201: View },
    errors: [...errors, 'not_found'],
    async handle({ reason, person, ...target }) {
      const { retention, gateway } = network.gateway;
      const known = person && gateway.store.read.personOf(person.agency, person.code);
      if (person && known === undefined) {
        throw new RenkeiError('not_found', {
          ja: 'その機関にその識別符号はありません',
          en: 'That agency has no such code',
        });
      }
      const hold = await retention.place({ ...target, person: known }, { reason, by: OPERATOR });
      return { status: 201, body: viewOf(hold) };
    },
  });
  postMessage(app, {
    path: '/v1/logs/gateway/holds/{hold}/release',
    tags,
    summary: 'Lift a hold: what it held goes if its time is over',
    request: z.strictObject({}),
    responses: { 200: View },
    errors: [...errors, 'not_found', 'state_conflict'],
    async handle(_body, context) {
      const id = Id.safeParse(context.req.param('hold')).data;
      if (id === undefined) throw new RenkeiError('not_found');
      return { status: 200, body: viewOf(await network.gateway.retention.release(id, OPERATOR)) };
    },
  });
  postMessage(app, {
    path: '/v1/logs/gateway/prune',
    tags,
    summary: 'Take the content of records away whose time is over, now rather than by the clock',
    request: PruneRequest,
    responses: { 200: PruningView },
    errors,
    async handle({ dryRun }) {
      const pruning = await network.gateway.retention.prune({ by: OPERATOR, dryRun });
      return { status: 200, body: pruningView(pruning) };
    },
  });
}
