import type { OpenAPIHono } from '@hono/zod-openapi';
import { persons } from '../../protocol/node-api/persons.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { beginAcquisition } from '../core/codes.ts';
import type { AgencyNode } from '../core/node.ts';
import type { Authenticate } from './principal.ts';
import { systemOf } from './system-of.ts';

/** POST /v1/acquisitions, by the address-number system: acquisition numbers for persons without a code. */
export function acquisitionsRoute(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    ...persons.beginAcquisition,
    summary: 'Make acquisition numbers (取得番号) for persons that have no code yet',
    errors: ['not_authenticated', 'not_authorised', 'rate_limited', 'storage_full'],
    async handle(asked, context) {
      systemOf(node, authenticate, context, 'acquire-codes');
      return { status: 201, body: { acquisitions: await beginAcquisition(node, asked.persons) } };
    },
  });
}
