import type { OpenAPIHono } from '@hono/zod-openapi';
import { ProvenBody, SealedBody } from '../../protocol/bodies.ts';
import { postMessage } from '../../service/http/json-route.ts';
import type { Gateway } from '../core/gateway.ts';
import { relayQuery } from '../core/query.ts';
import { MESSAGE_ERRORS } from './errors.ts';

/** POST /v1/query: present a permit and get the provider’s answer. */
export function queryRoute(app: OpenAPIHono, gateway: Gateway): void {
  postMessage(app, {
    path: '/v1/query',
    summary: 'Present a permit and get the provider’s answer',
    request: ProvenBody,
    responses: { 200: SealedBody },
    errors: [
      ...MESSAGE_ERRORS,
      'permit_expired',
      'permit_not_yet_valid',
      'permit_already_used',
      'permit_mismatch',
      'provider_unavailable',
      'provider_timeout',
      'list_copy_stale',
      'list_copy_disagrees',
      'record_unproven',
      'log_inconsistent',
    ],
    handle: async (body) => ({ status: 200, body: await relayQuery(gateway, body) }),
  });
}
