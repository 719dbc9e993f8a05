import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { getJson } from '../../service/http/json-route.ts';
import { showLog, verifyLog } from '../core/log/show.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { ERRORS_OF_ACCESS, SystemId } from './fields.ts';

const Line = z.strictObject({
  seq: z.int(),
  at: z.string(),
  actorKind: z.enum(['staff', 'business-system', 'system']),
  actor: z.string(),
  department: z.string().optional(),
  operation: z.string(),
  outcome: z.enum(['done', 'refused']),
  code: z.string().optional(),
  affair: z.string().optional(),
  person: z.string().optional(),
  subject: z.string().optional(),
  count: z.int().optional(),
});

/** GET /v1/access-log, by auditors: who looked whom up, when, for which affair; refusals too. */
export function accessLogRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  const tags = ['access log'];
  getJson(app, {
    path: '/v1/access-log',
    tags,
    summary: 'The access log, oldest first; of one person or one caller if told',
    query: z.strictObject({
      after: z.coerce.number().int().min(0).max(1e10).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      person: IntegratedAddressNumber.optional(),
      actor: SystemId.optional(),
    }),
    responses: { 200: z.strictObject({ lines: z.array(Line) }) },
    errors: ERRORS_OF_ACCESS,
    async handle(query, context) {
      const lines = await showLog(system, authenticate(context), query);
      const shown = lines.map(({ seq, access }) => ({
        seq,
        ...access,
        at: new Date(access.at).toISOString(),
      }));
      return { status: 200, body: { lines: shown } };
    },
  });
  getJson(app, {
    path: '/v1/access-log/verification',
    tags,
    summary: 'Whether the log is as it was written',
    responses: {
      200: z.strictObject({
        lines: z.int(),
        broken: z.int().optional().describe('The first line that does not fit'),
      }),
    },
    errors: ERRORS_OF_ACCESS,
    async handle(_query, context) {
      return { status: 200, body: await verifyLog(system, authenticate(context)) };
    },
  });
}
