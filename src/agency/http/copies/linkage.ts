import type { OpenAPIHono } from '@hono/zod-openapi';
import { copies } from '../../../protocol/node-api/copies.ts';
import { postMessage } from '../../../service/http/json-route.ts';
import { linkCopies } from '../../core/copies/link-copies.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { Authenticate } from '../principal.ts';
import { systemOf } from '../system-of.ts';

/** POST /v1/copies/linkage, by the address-number system: data of business systems becomes copies. */
export function linkageRoute(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  postMessage(app, {
    ...copies.link,
    summary: 'Register copies, all or none; the same again changes nothing',
    errors: ['not_authenticated', 'not_authorised', 'rate_limited', 'storage_full'],
    async handle({ copies: linked }, context) {
      const by = systemOf(node, authenticate, context, 'import-copies', { count: linked.length });
      const changed = await linkCopies(node, by, linked);
      return { status: 200, body: { copies: linked.length, changed } };
    },
  });
}
