import type { OpenAPIHono } from '@hono/zod-openapi';
import { AcceptedBody, MessageBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { mintCodes } from '../core/codes.ts';
import type { Gateway } from '../core/gateway.ts';
import { MESSAGE_ERRORS } from './errors.ts';

/** POST /v1/codes: mint codes for residents that the registry names. */
export function codesRoute(app: OpenAPIHono, gateway: Gateway): void {
  postMessage(app, {
    path: '/v1/codes',
    summary: 'Mint codes for residents that the registry names',
    request: MessageBody,
    responses: { 200: AcceptedBody },
    errors: [...MESSAGE_ERRORS, 'provider_unavailable', 'provider_timeout'],
    handle: async ({ message }) => ({
      status: 200,
      body: { accepted: await mintCodes(gateway, message) },
    }),
  });
}
