import type { OpenAPIHono } from '@hono/zod-openapi';
import { AcceptedBody, MessageBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { acceptCodes } from '../core/codes.ts';
import type { AgencyNode } from '../core/node.ts';

/** POST /v1/codes, by the gateway: codes under the acquisition numbers of this node. */
export function codesRoute(app: OpenAPIHono, node: AgencyNode): void {
  postMessage(app, {
    path: '/v1/codes',
    summary: 'Take the codes that were minted for this agency',
    request: MessageBody,
    responses: { 200: AcceptedBody },
    errors: ['signature_invalid', 'clock_skew', 'message_replayed', 'storage_full'],
    handle: async ({ message }) => ({
      status: 200,
      body: { accepted: await acceptCodes(node, message) },
    }),
  });
}
