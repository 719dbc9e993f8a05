import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '../../protocol/errors.ts';
import { persons } from '../../protocol/node-api/persons.ts';
import { postMessage } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';
import { changePersons } from '../core/persons/change-persons.ts';
import type { Authenticate } from './principal.ts';
import { systemOf } from './system-of.ts';

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
    ...persons.merge,
    tags,
    summary:
      'Two integrated address numbers are one person: code, copies, inquiries follow; once per id',
    errors,
    async handle(request, context) {
      const about = { person: request.stays, subject: request.id };
      const by = systemOf(node, authenticate, context, 'change-persons', about);
      return { status: 200, body: await changePersons(node, by, { kind: 'merge', ...request }) };
    },
  });
  postMessage(app, {
    ...persons.split,
    tags,
    summary:
      'One integrated address number is two persons: what is told goes to the other; once per id',
    errors,
    async handle(request, context) {
      const about = { person: request.from, subject: request.id };
      const by = systemOf(node, authenticate, context, 'change-persons', about);
      return { status: 200, body: await changePersons(node, by, { kind: 'split', ...request }) };
    },
  });
}
