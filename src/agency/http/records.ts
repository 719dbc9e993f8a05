import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { ProvisionRecord } from '../../protocol/record.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';
import { type Authenticate, principalOf } from './principal.ts';

const RecordsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** GET /v1/records, by staff: this agency’s records of provision (番号法23条1項・2項), oldest first. */
export function recordsRoute(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    path: '/v1/records',
    summary: 'This agency’s records of provision',
    query: RecordsQuery,
    responses: {
      200: z.strictObject({
        records: z.array(z.strictObject({ seq: z.int(), record: ProvisionRecord })),
      }),
    },
    errors: ['not_authenticated', 'not_authorised'],
    handle({ after, limit }, context) {
      principalOf(authenticate, context, 'staff');
      return { status: 200, body: { records: [...node.store.read.records(after, limit)] } };
    },
  });
}
