import type { OpenAPIHono } from '@hono/zod-openapi';
import { KeptView } from '../../protocol/node-api/retention.ts';
import { getJson } from '../../service/http/json-route.ts';
import { keptView } from '../../service/http/retention-views.ts';
import type { RecordsKept } from '../../service/ports.ts';

/** GET /v1/status: how the gateway keeps its records. No exchanges, no persons. */
export function statusRoute(app: OpenAPIHono, recordsKept: () => RecordsKept): void {
  getJson(app, {
    path: '/v1/status',
    summary: 'How records are kept, and alarms about agencies’ logs',
    responses: { 200: KeptView },
    handle: () => ({ status: 200, body: keptView(recordsKept()) }),
  });
}
