import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Day, InformationCode, IntegratedAddressNumber } from '../../../protocol/identifiers.ts';
import { CopyRecord } from '../../../protocol/plaintext.ts';
import { postMessage } from '../../../service/http/json-route.ts';
import { linkCopies } from '../../core/copies/link-copies.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { Authenticate } from '../principal.ts';
import { systemOf } from '../system-of.ts';

const LinkedCopy = z.strictObject({
  integratedAddressNumber: IntegratedAddressNumber,
  information: InformationCode,
  layoutVersion: z.string().min(1).max(64),
  published: Day.optional().describe('First day on which it counts; always, if left out'),
  ended: Day.optional().describe('First day on which it counts no longer'),
  records: z.array(CopyRecord).min(1).max(10_000),
  autoResponseDisabled: z.boolean().optional().describe('As it was, if left out; so is the next'),
  nonDisclosable: z.boolean().optional(),
});

/** POST /v1/copies/linkage, by the address-number system: data of business systems becomes copies. */
export function linkageRoute(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  postMessage(app, {
    path: '/v1/copies/linkage',
    summary: 'Register copies, all or none; the same again changes nothing',
    request: z.strictObject({ copies: z.array(LinkedCopy).min(1).max(500) }),
    responses: { 200: z.strictObject({ copies: z.int(), changed: z.int() }) },
    errors: ['not_authenticated', 'not_authorised', 'rate_limited', 'storage_full'],
    async handle({ copies }, context) {
      const by = systemOf(node, authenticate, context, 'import-copies', { count: copies.length });
      const changed = await linkCopies(node, by, copies);
      return { status: 200, body: { copies: copies.length, changed } };
    },
  });
}
