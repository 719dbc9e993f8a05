import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Id, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
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
    path: '/v1/acquisitions',
    summary: 'Make acquisition numbers (取得番号) for persons that have no code yet',
    request: z.strictObject({ persons: z.array(IntegratedAddressNumber).min(1).max(1000) }),
    responses: {
      201: z.strictObject({
        acquisitions: z.array(
          z.strictObject({ integratedAddressNumber: IntegratedAddressNumber, acquisition: Id }),
        ),
      }),
    },
    errors: ['not_authenticated', 'not_authorised', 'rate_limited', 'storage_full'],
    async handle({ persons }, context) {
      systemOf(node, authenticate, context, 'acquire-codes');
      return { status: 201, body: { acquisitions: await beginAcquisition(node, persons) } };
    },
  });
}
