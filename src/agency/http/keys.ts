import type { OpenAPIHono } from '@hono/zod-openapi';
import { keys } from '../../protocol/node-api/keys.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { listKeys } from '../core/keys/list-keys.ts';
import type { SigningKey } from '../core/keys/ports.ts';
import { rotateKey } from '../core/keys/rotate.ts';
import type { AgencyNode } from '../core/node.ts';
import { type Authenticate, staffOf } from './principal.ts';

/** The node’s signing keys and their rotation, by its administrators. */
export function keysRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    ...keys.list,
    summary: 'The node’s signing keys, those of before among them',
    errors: ['not_authenticated', 'not_authorised', 'storage_full'],
    async handle(_query, context) {
      const listed = await listKeys(node, staffOf(authenticate, context, 'keys.show'));
      return { status: 200, body: { keys: listed.map(viewOf) } };
    },
  });
  postMessage(app, {
    ...keys.rotate,
    summary: 'Make a new signing key and announce it; the one before counts on for the overlap',
    errors: [
      'not_authenticated',
      'not_authorised',
      'state_conflict',
      'agency_suspended',
      'agency_unknown',
      'signature_invalid',
      'clock_skew',
      'storage_full',
    ],
    async handle({ now }, context) {
      const by = staffOf(authenticate, context, 'keys.rotate');
      const { settled } = await rotateKey(node, by, { now });
      return { status: settled ? 200 : 202, body: { keys: node.keys.known.map(viewOf) } };
    },
  });
}

const instant = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

const viewOf = ({ kid, x, state, madeAt, since, retiresAt }: SigningKey) => ({
  ...{ kid, x, state },
  madeAt: instant(madeAt),
  since: instant(since),
  retiresAt: instant(retiresAt === undefined ? undefined : retiresAt * 1000),
});
