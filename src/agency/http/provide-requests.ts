import type { OpenAPIHono } from '@hono/zod-openapi';
import { ProvenBody, SealedBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { answerRequest } from '../core/answer-request.ts';
import type { AgencyNode } from '../core/node.ts';

/** POST /v1/provide-requests, by the gateway: answer under this permit. */
export function provideRequestsRoute(app: OpenAPIHono, node: AgencyNode): void {
  postMessage(app, {
    path: '/v1/provide-requests',
    summary: 'Answer a request for provision under a permit',
    request: ProvenBody,
    responses: { 200: SealedBody },
    errors: [
      'signature_invalid',
      'clock_skew',
      'message_replayed',
      'permit_expired',
      'permit_not_yet_valid',
      'permit_mismatch',
      'list_copy_stale',
      'list_copy_disagrees',
      'record_unproven',
      'log_inconsistent',
      'storage_full',
    ],
    handle: async (body) => ({ status: 200, body: await answerRequest(node, body) }),
  });
}
