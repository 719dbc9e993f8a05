import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { HistoryPage } from '../../../protocol/history.ts';
import { Day, Id } from '../../../protocol/identifiers.ts';
import { getJson } from '../../../service/http/json-route.ts';
import { historyOf } from '../../core/disclosure/history.ts';
import type { Gateway } from '../../core/gateway.ts';
import { personOf } from './person-of.ts';

const HistoryQuery = z.strictObject({
  from: Day.optional().describe('Asked on this day of Japan or later'),
  until: Day.optional().describe('Asked on this day of Japan or before'),
  after: Id.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** GET /v1/persons/history: a person’s own exchanges (やりとり履歴), newest first. */
export function historyRoute(app: OpenAPIHono, gateway: Gateway): void {
  getJson(app, {
    path: '/v1/persons/history',
    tags: ['persons'],
    summary: 'The exchanges about whoever is logged in, as they may be told',
    query: HistoryQuery,
    responses: { 200: HistoryPage },
    errors: ['not_authenticated'],
    handle(query, context) {
      const person = personOf(gateway, context);
      return { status: 200, body: historyOf(gateway, person, query) };
    },
  });
}
