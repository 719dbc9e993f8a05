import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { listKeys } from '../core/keys/list-keys.ts';
import type { SigningKey } from '../core/keys/ports.ts';
import { rotateKey } from '../core/keys/rotate.ts';
import type { AgencyNode } from '../core/node.ts';
import { type Authenticate, staffOf } from './principal.ts';

const KeyView = z.strictObject({
  kid: z.string(),
  x: z.string().describe('The public key (Ed25519), base64url'),
  state: z
    .enum(['announced', 'current', 'retiring', 'retired', 'revoked'])
    .describe('announced: the gateway’s directory does not name it yet'),
  madeAt: z.string().optional().describe('Absent for the key that the node came with'),
  since: z.string().optional().describe('From when the node signed with it'),
  retiresAt: z.string().optional().describe('What was signed before then stays verifiable'),
});
const Keys = z.strictObject({ keys: z.array(KeyView).describe('The latest first') });

/** The node’s signing keys and their rotation, by its administrators. */
export function keysRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    path: '/v1/keys',
    summary: 'The node’s signing keys, those of before among them',
    responses: { 200: Keys },
    errors: ['not_authenticated', 'not_authorised', 'storage_full'],
    async handle(_query, context) {
      const keys = await listKeys(node, staffOf(authenticate, context, 'keys.show'));
      return { status: 200, body: { keys: keys.map(viewOf) } };
    },
  });
  postMessage(app, {
    path: '/v1/keys/rotate',
    summary: 'Make a new signing key and announce it; the one before counts on for the overlap',
    request: z.strictObject({
      now: z
        .boolean()
        .default(false)
        .describe('The key before it has leaked: it is revoked at once, without overlap'),
    }),
    responses: {
      200: Keys.describe('The node signs with the new key'),
      202: Keys.describe('The gateway could not be reached: it is announced as soon as it can'),
    },
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
