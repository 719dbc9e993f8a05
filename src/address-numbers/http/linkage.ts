import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Day } from '../../protocol/identifiers.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { link } from '../core/link.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { Affair, ERRORS_OF_ACCESS, Information, OwnAddressNumber } from './fields.ts';

const Original = z.strictObject({
  addressNumber: OwnAddressNumber,
  information: Information,
  layoutVersion: z.string().min(1).max(64),
  published: Day.optional(),
  ended: Day.optional(),
  records: z.array(CopyRecord).min(1).max(10_000),
  autoResponseDisabled: z.boolean().optional().describe('As it was, if left out; so is the next'),
  nonDisclosable: z.boolean().optional(),
});

/** POST /v1/linkage, by business systems: their data becomes copies at the node. */
export function linkageRoute(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    path: '/v1/linkage',
    tags: ['linkage'],
    summary:
      'Register copies at the node for persons named by the system’s own numbers; all or none',
    request: z.strictObject({ affair: Affair, copies: z.array(Original).min(1).max(500) }),
    responses: { 200: z.strictObject({ copies: z.int(), changed: z.int() }) },
    errors: [...ERRORS_OF_ACCESS, 'state_conflict', 'provider_unavailable'],
    async handle({ affair, copies }, context) {
      const changed = await link(system, authenticate(context), { affair, copies });
      return { status: 200, body: { copies: copies.length, changed } };
    },
  });
}
