import type { OpenAPIHono } from '@hono/zod-openapi';
import { ProvenBody, SealedBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { receiveDelivery } from '../core/accept-delivery.ts';
import type { AgencyNode } from '../core/node.ts';

/** POST /v1/deliveries, by the gateway: the answer to a pending inquiry. */
export function deliveriesRoute(app: OpenAPIHono, node: AgencyNode): void {
  postMessage(app, {
    path: '/v1/deliveries',
    summary: 'Take the answer to a pending inquiry',
    request: SealedBody,
    responses: { 200: ProvenBody },
    errors: [
      'signature_invalid',
      'clock_skew',
      'permit_mismatch',
      'record_unproven',
      'log_inconsistent',
      'storage_full',
    ],
    handle: async (body) => ({ status: 200, body: await receiveDelivery(node, body) }),
  });
}
