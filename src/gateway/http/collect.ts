import type { OpenAPIHono } from '@hono/zod-openapi';
import { CollectedBody, MessageBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { collectAnswers } from '../core/collect.ts';
import type { Gateway } from '../core/gateway.ts';
import { MESSAGE_ERRORS } from './errors.ts';

/** POST /v1/collect: fetch answers that were kept, and acknowledge those received. */
export function collectRoute(app: OpenAPIHono, gateway: Gateway): void {
  postMessage(app, {
    path: '/v1/collect',
    summary: 'Fetch answers that were kept, and acknowledge those received',
    request: MessageBody,
    responses: { 200: CollectedBody },
    errors: MESSAGE_ERRORS,
    handle: async ({ message }) => ({ status: 200, body: await collectAnswers(gateway, message) }),
  });
}
