import type { OpenAPIHono } from '@hono/zod-openapi';
import { registered } from '../../protocol/persons-api/persons.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { link } from '../core/link.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { codeOfAffair, codeOfInformation, ERRORS_OF_ACCESS } from './fields.ts';

/** POST /v1/linkage, by business systems: their data becomes copies at the node. */
export function linkageRoute(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    ...registered.link,
    tags: ['linkage'],
    summary:
      'Register copies at the node for persons named by the system’s own numbers; all or none',
    errors: [...ERRORS_OF_ACCESS, 'state_conflict', 'provider_unavailable'],
    async handle({ affair, copies: originals }, context) {
      const copies = originals.map(({ information, ...rest }) => ({
        ...rest,
        information: codeOfInformation(information),
      }));
      const asked = { affair: codeOfAffair(affair), copies };
      const changed = await link(system, authenticate(context), asked);
      return { status: 200, body: { copies: copies.length, changed } };
    },
  });
}
