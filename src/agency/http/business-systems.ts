import type { OpenAPIHono } from '@hono/zod-openapi';
import { type ClientKey, type ClientKeyInput, clientKeyOf } from '../../protocol/client-key.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import {
  type Asks,
  type AsksInput,
  businessSystems,
} from '../../protocol/node-api/business-systems.ts';
import { affairCode, informationCode } from '../../protocol/permission/codes.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { BusinessSystem } from '../core/business-systems/business-system.ts';
import { addSystem, changeSystem, revokeSystem } from '../core/business-systems/change.ts';
import type { AgencyNode } from '../core/node.ts';
import { done } from '../core/staff/operations.ts';
import { type Authenticate, staffOf } from './principal.ts';

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];
const CHANGES: readonly ErrorCode[] = [...ERRORS, 'not_found', 'state_conflict', 'storage_full'];

/** The business systems of an agency, by its administrators. */
export function businessSystemsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    ...businessSystems.list,
    summary: 'The business systems that may connect, and what each may do',
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'business-systems.show');
      await node.store.transact((tx) => tx.note(done(node, by, 'business-systems.show')));
      return { status: 200, body: { systems: node.store.read.businessSystems().map(viewOf) } };
    },
  });
  getJson(app, {
    ...businessSystems.show,
    summary: 'One of them',
    errors: [...ERRORS, 'not_found'],
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'business-systems.show');
      const system = node.store.read.businessSystem(context.req.param('id') ?? '');
      if (!system) throw new RenkeiError('not_found');
      const line = done(node, by, 'business-systems.show', { subject: system.id });
      await node.store.transact((tx) => tx.note(line));
      return { status: 200, body: viewOf(system) };
    },
  });
  postMessage(app, {
    ...businessSystems.add,
    summary: 'Enter a business system',
    mayHoldNumbers: ['x', 'y'],
    errors: [...ERRORS, 'state_conflict', 'storage_full'],
    async handle({ asks, keys, ...rest }, context) {
      const by = staffOf(authenticate, context, 'business-systems.change');
      const entry = { ...rest, asks: asksOf(asks), keys: await keysOf(keys) };
      return { status: 201, body: viewOf(await addSystem(node, by, entry)) };
    },
  });
  postMessage(app, {
    ...businessSystems.change,
    summary: 'Change what it may do, its keys or its limit; it counts from the next request on',
    mayHoldNumbers: ['x', 'y'],
    errors: CHANGES,
    async handle({ asks, keys, ...rest }, context) {
      const by = staffOf(authenticate, context, 'business-systems.change');
      const change = {
        ...rest,
        ...(asks && { asks: asksOf(asks) }),
        ...(keys && { keys: await keysOf(keys) }),
      };
      const id = context.req.param('id') ?? '';
      return { status: 200, body: viewOf(await changeSystem(node, by, id, change)) };
    },
  });
  postMessage(app, {
    ...businessSystems.revoke,
    summary: 'End its access for good, and all its tokens at once',
    errors: CHANGES,
    async handle(_body, context) {
      const by = staffOf(authenticate, context, 'business-systems.change');
      const id = context.req.param('id') ?? '';
      return { status: 200, body: viewOf(await revokeSystem(node, by, id)) };
    },
  });
}

const asksOf = (asks: AsksInput): Asks =>
  asks === 'all'
    ? asks
    : asks.map(({ affair, information }) => ({
        affair: /^JM\d{14}$/.test(affair) ? affair : affairCode(affair),
        information:
          information === 'all'
            ? information
            : information.map((kind) => (/^TM\d{14}$/.test(kind) ? kind : informationCode(kind))),
      }));

const keysOf = (keys: readonly ClientKeyInput[]): Promise<ClientKey[]> =>
  Promise.all(keys.map(clientKeyOf));

const viewOf = ({ createdAt, changedAt, ...rest }: BusinessSystem) => ({
  ...rest,
  createdAt: new Date(createdAt).toISOString(),
  changedAt: new Date(changedAt).toISOString(),
});
