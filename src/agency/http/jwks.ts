import type { OpenAPIHono } from '@hono/zod-openapi';
import { JwksBody } from '../../protocol/bodies.ts';
import { jwksOf } from '../../protocol/jwks.ts';
import type { PublicKey } from '../../protocol/keys.ts';
import { getJson } from '../../service/http/json-route.ts';

/** GET /.well-known/jwks.json: this agency’s public keys (RFC 7517). */
export function jwksRoute(app: OpenAPIHono, keys: readonly PublicKey[]): void {
  getJson(app, {
    path: '/.well-known/jwks.json',
    summary: 'This agency’s public keys',
    responses: { 200: JwksBody },
    handle: () => ({ status: 200, body: jwksOf(keys) }),
  });
}
