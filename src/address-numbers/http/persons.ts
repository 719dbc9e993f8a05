import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { findPerson, individualNumberFor, type Shown, showPerson } from '../core/persons/find.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import {
  Affair,
  Basics,
  ERRORS_OF_ACCESS,
  IndividualNumber,
  NUMBER_MEMBER,
  OwnAddressNumber,
  personIn,
  SystemId,
} from './fields.ts';

const Found = z.strictObject({ integratedAddressNumber: IntegratedAddressNumber });

const PersonView = z.strictObject({
  integratedAddressNumber: IntegratedAddressNumber,
  source: z.enum(['resident-register', 'entered']),
  hasIndividualNumber: z.boolean(),
  basics: Basics.optional(),
  addressNumbers: z.array(z.strictObject({ system: z.string(), addressNumber: z.string() })),
  mergedNumbers: z.array(IntegratedAddressNumber).describe('Numbers merged into this one'),
  registeredAt: z.string(),
  changedAt: z.string(),
});

/** POST /v1/lookups, POST /v1/lookups/individual-number, GET /v1/persons/{number}. */
export function personRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  const tags = ['persons'];
  postMessage(app, {
    path: '/v1/lookups',
    tags,
    summary: 'The integrated address number behind an individual number or a system’s own number',
    request: z
      .strictObject({
        affair: Affair,
        individualNumber: IndividualNumber.optional(),
        addressNumber: OwnAddressNumber.optional(),
        system: SystemId.optional(),
      })
      .refine(
        (it) => (it.individualNumber === undefined) !== (it.addressNumber === undefined),
        'individualNumber or addressNumber',
      ),
    responses: { 200: Found },
    errors: ERRORS_OF_ACCESS,
    mayHoldNumbers: NUMBER_MEMBER,
    async handle({ affair, individualNumber, addressNumber = '', system: of }, context) {
      const sought =
        individualNumber === undefined ? { addressNumber, system: of } : { individualNumber };
      const caller = authenticate(context);
      const integratedAddressNumber = await findPerson(system, caller, { affair, ...sought });
      return { status: 200, body: { integratedAddressNumber } };
    },
  });
  postMessage(app, {
    path: '/v1/lookups/individual-number',
    tags,
    summary: 'The individual number of a person, for callers whose grant says so',
    request: z.strictObject({ affair: Affair, integratedAddressNumber: IntegratedAddressNumber }),
    responses: { 200: z.strictObject({ individualNumber: z.string() }) },
    errors: ERRORS_OF_ACCESS,
    async handle({ affair, integratedAddressNumber: person }, context) {
      const caller = authenticate(context);
      const individualNumber = await individualNumberFor(system, caller, { affair, person });
      return { status: 200, body: { individualNumber } };
    },
  });
  getJson(app, {
    path: '/v1/persons/{integratedAddressNumber}',
    tags,
    summary: 'A person’s basic items and the business systems’ own numbers for them',
    query: z.strictObject({ affair: Affair }),
    responses: { 200: PersonView },
    errors: ERRORS_OF_ACCESS,
    async handle({ affair }, context) {
      const person = personIn(context);
      const shown = await showPerson(system, authenticate(context), { affair, person });
      return { status: 200, body: viewOf(shown) };
    },
  });
}

const viewOf = ({ person, addressNumbers, mergedNumbers }: Shown): z.input<typeof PersonView> => ({
  integratedAddressNumber: person.integratedAddressNumber,
  source: person.source,
  hasIndividualNumber: person.hasIndividualNumber,
  basics: person.basics,
  addressNumbers: [...addressNumbers],
  mergedNumbers: [...mergedNumbers],
  registeredAt: new Date(person.registeredAt).toISOString(),
  changedAt: new Date(person.changedAt).toISOString(),
});
