import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { AcceptedBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { vouchForHolder } from '../core/cards.ts';
import type { Registry } from '../core/registry.ts';

const AssertionBody = z.strictObject({
  assertion: z
    .string()
    .min(1)
    .max(2048)
    .describe('The gateway’s challenge, signed by the card: JWS compact, ES256'),
});

/** POST /v1/card-assertions, by the person: vouch to the gateway for whoever holds this card. */
export function cardAssertionsRoute(app: OpenAPIHono, registry: Registry): void {
  postMessage(app, {
    path: '/v1/card-assertions',
    summary: 'Vouch to the gateway for the holder of a card that signed its challenge',
    request: AssertionBody,
    mayHoldNumbers: ['assertion'],
    responses: { 200: AcceptedBody },
    errors: [
      'signature_invalid',
      'clock_skew',
      'not_authorised',
      'not_authenticated',
      'message_replayed',
      'gateway_unavailable',
      'storage_full',
    ],
    async handle({ assertion }) {
      await vouchForHolder(registry, assertion);
      return { status: 200, body: { accepted: 1 } };
    },
  });
}
