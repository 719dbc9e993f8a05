import type { OpenAPIHono } from '@hono/zod-openapi';
import { MessageBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { changeKey } from '../core/change-key.ts';
import type { Gateway } from '../core/gateway.ts';
import { MESSAGE_ERRORS } from './errors.ts';

/** POST /v1/keys: a node announces its new signing key; the answer is the directory that names it. */
export function keysRoute(app: OpenAPIHono, gateway: Gateway): void {
  postMessage(app, {
    path: '/v1/keys',
    summary: 'Take a node’s new signing key, and hand back the directory that names it',
    request: MessageBody,
    responses: { 200: MessageBody },
    errors: [...MESSAGE_ERRORS, 'state_conflict'],
    handle: async ({ message }) => ({
      status: 200,
      body: { message: await changeKey(gateway, message) },
    }),
  });
}
