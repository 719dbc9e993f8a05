import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { Id, InformationCode, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { postMessage } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';
import { changePersons } from '../core/persons/change-persons.ts';
import type { Authenticate } from './principal.ts';
import { systemOf } from './system-of.ts';

const Count = z.int().min(0);
const Result = z.strictObject({
  moved: z.strictObject({ copies: Count, drafts: Count, inquiries: Count, reviews: Count }),
  dropped: z.strictObject({ copies: Count, code: z.boolean(), results: Count }),
});
const Side = z.enum(['stays', 'goes']);
const errors: readonly ErrorCode[] = [
  'not_authenticated',
  'not_authorised',
  'rate_limited',
  'state_conflict',
  'storage_full',
];

/** POST /v1/persons/merge and /split, by the address-number system: two are one person, or one is two. */
export function personsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  const tags = ['persons'];
  postMessage(app, {
    path: '/v1/persons/merge',
    tags,
    summary:
      'Two integrated address numbers are one person: code, copies, inquiries follow; once per id',
    request: z.strictObject({
      id: Id,
      stays: IntegratedAddressNumber,
      goes: IntegratedAddressNumber,
      codeOf: Side.describe('Whose code is right; the other’s is dropped'),
      copiesOf: z
        .record(InformationCode, Side)
        .default({})
        .describe('Where both have copies of a kind that differ: whose are kept'),
    }),
    responses: { 200: Result },
    errors,
    async handle(request, context) {
      const about = { person: request.stays, subject: request.id };
      const by = systemOf(node, authenticate, context, 'change-persons', about);
      return { status: 200, body: await changePersons(node, by, { kind: 'merge', ...request }) };
    },
  });
  postMessage(app, {
    path: '/v1/persons/split',
    tags,
    summary:
      'One integrated address number is two persons: what is told goes to the other; once per id',
    request: z.strictObject({
      id: Id,
      from: IntegratedAddressNumber,
      to: IntegratedAddressNumber.describe('New here, or merged into `from` before'),
      codeOf: z.enum(['from', 'to']).describe('Whose the code is, and what was asked under it'),
      copies: z.array(InformationCode).max(1000).describe('Kinds of information that go'),
    }),
    responses: { 200: Result },
    errors,
    async handle(request, context) {
      const about = { person: request.from, subject: request.id };
      const by = systemOf(node, authenticate, context, 'change-persons', about);
      return { status: 200, body: await changePersons(node, by, { kind: 'split', ...request }) };
    },
  });
}
