import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { type ClientKey, ClientKeyInput, clientKeyOf } from '../../protocol/client-key.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { affairCode, informationCode } from '../../protocol/permission/codes.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import {
  type Asks,
  type BusinessSystem,
  Rate,
  SystemEntry,
  SystemState,
} from '../core/business-systems/business-system.ts';
import { addSystem, changeSystem, revokeSystem } from '../core/business-systems/change.ts';
import type { AgencyNode } from '../core/node.ts';
import { done } from '../core/staff/operations.ts';
import { type Authenticate, staffOf } from './principal.ts';

const Named = z.string().min(1).max(1000);

const AsksInput = z.union([
  z.literal('all'),
  z
    .array(
      z.strictObject({
        affair: Named.describe('Name or code'),
        information: z.union([z.literal('all'), z.array(Named).min(1).max(1000)]),
      }),
    )
    .max(1000),
]);

const said = {
  name: SystemEntry.shape.name,
  uses: SystemEntry.shape.uses,
  asks: AsksInput.describe('What it may inquire for; `all`: whatever the law allows the agency'),
  rate: SystemEntry.shape.rate,
  keys: z.array(ClientKeyInput).max(5).describe('Public keys (JWK): Ed25519 or P-256'),
};

const NewSystem = z.strictObject({ id: SystemEntry.shape.id, ...said });
const SystemChange = z
  .strictObject({
    ...said,
    rate: Rate.nullable().describe('`null` takes the limit away'),
    state: z.enum(['enabled', 'disabled']),
  })
  .partial();

const SystemView = SystemEntry.extend({
  state: SystemState,
  createdAt: z.string(),
  changedAt: z.string(),
});

const ERRORS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'storage_full'];
const CHANGES: readonly ErrorCode[] = [...ERRORS, 'not_found', 'state_conflict', 'storage_full'];

/** The business systems of an agency, by its administrators. */
export function businessSystemsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    path: '/v1/business-systems',
    summary: 'The business systems that may connect, and what each may do',
    responses: { 200: z.strictObject({ systems: z.array(SystemView) }) },
    errors: ERRORS,
    async handle(_query, context) {
      const by = staffOf(authenticate, context, 'business-systems.show');
      await node.store.transact((tx) => tx.note(done(node, by, 'business-systems.show')));
      return { status: 200, body: { systems: node.store.read.businessSystems().map(viewOf) } };
    },
  });
  getJson(app, {
    path: '/v1/business-systems/{id}',
    summary: 'One of them',
    responses: { 200: SystemView },
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
    path: '/v1/business-systems',
    summary: 'Enter a business system',
    request: NewSystem,
    mayHoldNumbers: ['x', 'y'],
    responses: { 201: SystemView },
    errors: [...ERRORS, 'state_conflict', 'storage_full'],
    async handle({ asks, keys, ...rest }, context) {
      const by = staffOf(authenticate, context, 'business-systems.change');
      const entry = { ...rest, asks: asksOf(asks), keys: await keysOf(keys) };
      return { status: 201, body: viewOf(await addSystem(node, by, entry)) };
    },
  });
  postMessage(app, {
    path: '/v1/business-systems/{id}/change',
    summary: 'Change what it may do, its keys or its limit; it counts from the next request on',
    request: SystemChange,
    mayHoldNumbers: ['x', 'y'],
    responses: { 200: SystemView },
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
    path: '/v1/business-systems/{id}/revoke',
    summary: 'End its access for good, and all its tokens at once',
    request: z.strictObject({}),
    responses: { 200: SystemView },
    errors: CHANGES,
    async handle(_body, context) {
      const by = staffOf(authenticate, context, 'business-systems.change');
      const id = context.req.param('id') ?? '';
      return { status: 200, body: viewOf(await revokeSystem(node, by, id)) };
    },
  });
}

const asksOf = (asks: z.infer<typeof AsksInput>): Asks =>
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
