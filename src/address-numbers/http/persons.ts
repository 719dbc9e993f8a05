import type { OpenAPIHono } from '@hono/zod-openapi';
import { type PersonView, registered } from '../../protocol/persons-api/persons.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { findPerson, individualNumberFor, type Shown, showPerson } from '../core/persons/find.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { codeOfAffair, ERRORS_OF_ACCESS, NUMBER_MEMBER, personIn } from './fields.ts';

/** POST /v1/lookups, POST /v1/lookups/individual-number, GET /v1/persons/{number}. */
export function personRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  const tags = ['persons'];
  postMessage(app, {
    ...registered.find,
    tags,
    summary: 'The integrated address number behind an individual number or a system’s own number',
    errors: ERRORS_OF_ACCESS,
    mayHoldNumbers: NUMBER_MEMBER,
    async handle({ affair, individualNumber, addressNumber = '', system: of }, context) {
      const sought =
        individualNumber === undefined ? { addressNumber, system: of } : { individualNumber };
      const caller = authenticate(context);
      const integratedAddressNumber = await findPerson(system, caller, {
        affair: codeOfAffair(affair),
        ...sought,
      });
      return { status: 200, body: { integratedAddressNumber } };
    },
  });
  postMessage(app, {
    ...registered.individualNumber,
    tags,
    summary: 'The individual number of a person, for callers whose grant says so',
    errors: ERRORS_OF_ACCESS,
    async handle({ affair, integratedAddressNumber: person }, context) {
      const caller = authenticate(context);
      const individualNumber = await individualNumberFor(system, caller, {
        affair: codeOfAffair(affair),
        person,
      });
      return { status: 200, body: { individualNumber } };
    },
  });
  getJson(app, {
    ...registered.show,
    tags,
    summary: 'A person’s basic items and the business systems’ own numbers for them',
    errors: ERRORS_OF_ACCESS,
    async handle({ affair }, context) {
      const person = personIn(context);
      const shown = await showPerson(system, authenticate(context), {
        affair: codeOfAffair(affair),
        person,
      });
      return { status: 200, body: viewOf(shown) };
    },
  });
}

const viewOf = ({ person, addressNumbers, mergedNumbers }: Shown): PersonView => ({
  integratedAddressNumber: person.integratedAddressNumber,
  source: person.source,
  hasIndividualNumber: person.hasIndividualNumber,
  basics: person.basics,
  addressNumbers: [...addressNumbers],
  mergedNumbers: [...mergedNumbers],
  registeredAt: new Date(person.registeredAt).toISOString(),
  changedAt: new Date(person.changedAt).toISOString(),
});
