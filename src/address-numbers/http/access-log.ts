import type { OpenAPIHono } from '@hono/zod-openapi';
import { accessLog } from '../../protocol/persons-api/authority.ts';
import { getJson } from '../../service/http/json-route.ts';
import { showLog, verifyLog } from '../core/log/show.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { ERRORS_OF_ACCESS } from './fields.ts';

/** GET /v1/access-log, by auditors: who looked whom up, when, for which affair; refusals too. */
export function accessLogRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  const tags = ['access log'];
  getJson(app, {
    ...accessLog.list,
    tags,
    summary: 'The access log, oldest first; of one person or one caller if told',
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
    ...accessLog.verify,
    tags,
    summary: 'Whether the log is as it was written',
    errors: ERRORS_OF_ACCESS,
    async handle(_query, context) {
      return { status: 200, body: await verifyLog(system, authenticate(context)) };
    },
  });
}
