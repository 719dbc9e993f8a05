import type { OpenAPIHono } from '@hono/zod-openapi';
import { AcceptedBody, MessageBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { type Registry, requestCodes } from '../core/registry.ts';

/** POST /v1/code-requests, by an address-number system: acquire codes for these persons. */
export function codeRequestsRoute(app: OpenAPIHono, registry: Registry): void {
  postMessage(app, {
    path: '/v1/code-requests',
    summary: 'Acquire codes for persons known by individual number',
    request: MessageBody,
    responses: { 200: AcceptedBody },
    errors: [
      'signature_invalid',
      'clock_skew',
      'message_replayed',
      'agency_unknown',
      'not_found',
      'gateway_unavailable',
    ],
    handle: async ({ message }) => ({
      status: 200,
      body: { accepted: await requestCodes(registry, message) },
    }),
  });
}
