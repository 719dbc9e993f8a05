import type { OpenAPIHono } from '@hono/zod-openapi';
import { MessageBody } from '../../protocol/bodies.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { Gateway } from '../core/gateway.ts';
import { publishDirectory } from '../core/publish.ts';

/** GET /v1/directory: the signed directory of parties. */
export function directoryRoute(app: OpenAPIHono, gateway: Gateway): void {
  getJson(app, {
    path: '/v1/directory',
    summary: 'The signed directory: agencies, roles, public keys',
    responses: { 200: MessageBody },
    handle: async () => ({ status: 200, body: { message: await publishDirectory(gateway) } }),
  });
}
