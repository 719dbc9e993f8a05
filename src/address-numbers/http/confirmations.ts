import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Day, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { confirmIdentity } from '../core/persons/confirm.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { Affair, ERRORS_OF_ACCESS, IndividualNumber, NUMBER_MEMBER } from './fields.ts';

const said = (longest: number) => z.string().min(1).max(longest).optional();
const Verdict = z.enum(['match', 'no_match', 'not_held']).optional();

const Confirmation = z
  .strictObject({
    affair: Affair,
    integratedAddressNumber: IntegratedAddressNumber.optional(),
    individualNumber: IndividualNumber.optional(),
    name: said(200),
    kana: said(200),
    birthDate: Day.optional(),
    sex: z.enum(['男', '女']).optional(),
    address: said(500),
  })
  .refine(
    (it) => (it.integratedAddressNumber === undefined) !== (it.individualNumber === undefined),
    'integratedAddressNumber or individualNumber',
  )
  .refine(
    ({ name, kana, birthDate, sex, address }) =>
      [name, kana, birthDate, sex, address].some((item) => item !== undefined),
    'at least one item',
  );

/** POST /v1/confirmations: is it this person? */
export function confirmationsRoute(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    path: '/v1/confirmations',
    tags: ['persons'],
    summary: 'Compare what somebody says of themselves with what is held: match or not, by item',
    request: Confirmation,
    responses: {
      200: z.strictObject({
        integratedAddressNumber: IntegratedAddressNumber,
        identical: z.boolean().describe('Everything that was told matches'),
        items: z.strictObject({
          name: Verdict,
          kana: Verdict,
          birthDate: Verdict,
          sex: Verdict,
          address: Verdict,
        }),
      }),
    },
    errors: ERRORS_OF_ACCESS,
    mayHoldNumbers: NUMBER_MEMBER,
    async handle({ affair, integratedAddressNumber, individualNumber, ...told }, context) {
      const asked = { affair, person: integratedAddressNumber, individualNumber, told };
      const { person, ...rest } = await confirmIdentity(system, authenticate(context), asked);
      return { status: 200, body: { integratedAddressNumber: person, ...rest } };
    },
  });
}
