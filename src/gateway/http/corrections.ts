import type { OpenAPIHono } from '@hono/zod-openapi';
import { ProvenBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { acceptCorrection } from '../core/corrections/accept-correction.ts';
import type { Gateway } from '../core/gateway.ts';
import { MESSAGE_ERRORS } from './errors.ts';

/** POST /v1/corrections: an agency has corrected its record of an exchange (番号法31条). */
export function correctionsRoute(app: OpenAPIHono, gateway: Gateway): void {
  postMessage(app, {
    path: '/v1/corrections',
    summary: 'Take an agency’s correction of its record, and tell it to the other agency',
    request: ProvenBody,
    responses: { 200: ProvenBody },
    errors: [...MESSAGE_ERRORS, 'permit_mismatch', 'record_unproven', 'log_inconsistent'],
    handle: async (body) => ({ status: 200, body: await acceptCorrection(gateway, body) }),
  });
}
