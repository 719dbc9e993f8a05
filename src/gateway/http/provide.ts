import type { OpenAPIHono } from '@hono/zod-openapi';
import { ProvenBody, SealedBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import type { Gateway } from '../core/gateway.ts';
import { provide } from '../core/provide.ts';
import { MESSAGE_ERRORS } from './errors.ts';

/** POST /v1/provide: complete a pending exchange. */
export function provideRoute(app: OpenAPIHono, gateway: Gateway): void {
  postMessage(app, {
    path: '/v1/provide',
    summary: 'Complete a pending exchange',
    request: SealedBody,
    responses: { 200: ProvenBody },
    errors: [
      ...MESSAGE_ERRORS,
      'permit_mismatch',
      'state_conflict',
      'record_unproven',
      'log_inconsistent',
    ],
    handle: async (body) => ({ status: 200, body: await provide(gateway, body) }),
  });
}
