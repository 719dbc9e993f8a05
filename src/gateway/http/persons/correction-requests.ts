import type { OpenAPIHono } from '@hono/zod-openapi';
import { CorrectionAsked, CorrectionRequestView } from '../../../protocol/history.ts';
import { postMessage } from '../../../service/http/json-route.ts';
import { requestCorrection } from '../../core/corrections/request-correction.ts';
import { requestView } from '../../core/corrections/request-view.ts';
import type { Gateway } from '../../core/gateway.ts';
import { personOf } from './person-of.ts';

/** POST /v1/persons/corrections: ask an agency to correct its record of an exchange. */
export function correctionRequestsRoute(app: OpenAPIHono, gateway: Gateway): void {
  postMessage(app, {
    path: '/v1/persons/corrections',
    tags: ['persons'],
    summary: 'Ask one of the two agencies to correct its record of an exchange',
    request: CorrectionAsked,
    responses: { 201: CorrectionRequestView },
    errors: ['not_authenticated', 'not_found', 'state_conflict', 'storage_full'],
    async handle(asked, context) {
      const person = personOf(gateway, context);
      const request = await requestCorrection(gateway, person, asked);
      return { status: 201, body: requestView(gateway, request) };
    },
  });
}
