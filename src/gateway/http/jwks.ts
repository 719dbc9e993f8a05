import type { OpenAPIHono } from '@hono/zod-openapi';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { jwksOf } from '../../protocol/jwks.ts';
import { jwks } from '../../protocol/jwks-body.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { Gateway } from '../core/gateway.ts';

/** GET /.well-known/jwks.json: the gateway’s public keys (RFC 7517). */
export function jwksRoute(app: OpenAPIHono, gateway: Gateway): void {
  getJson(app, {
    ...jwks,
    summary: 'The gateway’s public keys',
    handle: () => ({ status: 200, body: jwksOf(gateway.agencies.find(GATEWAY)?.keys ?? []) }),
  });
}
