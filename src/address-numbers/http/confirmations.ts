import type { OpenAPIHono } from '@hono/zod-openapi';
import { registered } from '../../protocol/persons-api/persons.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { confirmIdentity } from '../core/persons/confirm.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { codeOfAffair, ERRORS_OF_ACCESS, NUMBER_MEMBER } from './fields.ts';

/** POST /v1/confirmations: is it this person? */
export function confirmationsRoute(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    ...registered.confirm,
    tags: ['persons'],
    summary: 'Compare what somebody says of themselves with what is held: match or not, by item',
    errors: ERRORS_OF_ACCESS,
    mayHoldNumbers: NUMBER_MEMBER,
    async handle({ affair: named, integratedAddressNumber, individualNumber, ...told }, context) {
      const affair = codeOfAffair(named);
      const asked = { affair, person: integratedAddressNumber, individualNumber, told };
      const { person, ...rest } = await confirmIdentity(system, authenticate(context), asked);
      return { status: 200, body: { integratedAddressNumber: person, ...rest } };
    },
  });
}
