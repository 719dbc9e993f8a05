import type { OpenAPIHono } from '@hono/zod-openapi';
import { MessageBody, ProvenBody } from '../../protocol/bodies.ts';
import { ERRORS, RenkeiError } from '../../protocol/errors.ts';
import { postMessage } from '../../service/http/json-route.ts';
import type { Gateway } from '../core/gateway.ts';
import { requestPermit } from '../core/permit.ts';
import { MESSAGE_ERRORS } from './errors.ts';

/** POST /v1/permits: a permit (201), or a denial: a problem document with the signed statement. */
export function permitsRoute(app: OpenAPIHono, gateway: Gateway): void {
  postMessage(app, {
    path: '/v1/permits',
    summary: 'Check an inquiry against the permission list and issue a provision permit',
    request: MessageBody,
    responses: { 201: ProvenBody },
    errors: [
      ...MESSAGE_ERRORS,
      'inquirer_not_listed',
      'affair_not_listed',
      'provider_not_listed',
      'information_not_listed',
      'list_not_in_force',
      'assessment_breach',
      'code_not_acquired',
      'provider_code_unknown',
    ],
    async handle({ message }) {
      const reply = await requestPermit(gateway, message);
      const { statement, proof } = reply;
      if (reply.decision === 'permit') return { status: 201, body: { message: statement, proof } };
      const { code, reasons, ground, nearest } = reply.claims;
      const say = (language: 1 | 2) => reasons.map((reason) => ERRORS[reason][language]).join('; ');
      throw new RenkeiError(code, {
        ja: `${say(1)} (${ground})`,
        en: `${say(2)} (${ground})`,
        extensions: { reasons, nearest, ground, statement, ...(proof && { proof }) },
      });
    },
  });
}
