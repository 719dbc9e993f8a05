import type { OpenAPIHono } from '@hono/zod-openapi';
import { jwksOf } from '../../protocol/jwks.ts';
import { jwks } from '../../protocol/jwks-body.ts';
import type { PublicKey } from '../../protocol/keys.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';

/** GET /.well-known/jwks.json: this node’s public keys, during an overlap both, and those of its log (RFC 7517). */
export function jwksRoute(app: OpenAPIHono, node: AgencyNode, others: readonly PublicKey[]): void {
  getJson(app, {
    ...jwks,
    summary: 'This agency’s public keys',
    handle() {
      const keys = [...node.keys.counting(node.clock.now()), ...others];
      return { status: 200, body: jwksOf(keys) };
    },
  });
}
