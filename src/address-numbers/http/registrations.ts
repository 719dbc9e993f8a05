import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '../../protocol/errors.ts';
import { registered } from '../../protocol/persons-api/persons.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { acquireFor } from '../core/acquire-codes.ts';
import { changeBasics, setIndividualNumber } from '../core/persons/change.ts';
import { registerPerson, tieNumber } from '../core/persons/register.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { codeOfAffair, ERRORS_OF_ACCESS, NUMBER_MEMBER, personIn } from './fields.ts';

const errors: readonly ErrorCode[] = [...ERRORS_OF_ACCESS, 'state_conflict'];
const tags = ['registration'];

/** POST /v1/persons and below: registering persons, and what changes of them. */
export function registrationRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    ...registered.register,
    tags,
    summary: 'Register somebody new: by individual number, a system’s own number, or both',
    errors,
    mayHoldNumbers: NUMBER_MEMBER,
    async handle({ affair, ...rest }, context) {
      const wanted = { affair: codeOfAffair(affair), ...rest };
      const person = await registerPerson(system, authenticate(context), wanted);
      return { status: 201, body: { integratedAddressNumber: person } };
    },
  });
  postMessage(app, {
    ...registered.changeBasics,
    tags,
    summary: 'Change basic items; the resident register’s own only by the resident register',
    errors,
    async handle({ affair: named, basics }, context) {
      const [person, affair] = [personIn(context), codeOfAffair(named)];
      await changeBasics(system, authenticate(context), { affair, person, basics });
      return { status: 200, body: { integratedAddressNumber: person } };
    },
  });
  postMessage(app, {
    ...registered.setIndividualNumber,
    tags,
    summary: 'Give somebody their first individual number, or the one in place of the old',
    errors,
    mayHoldNumbers: NUMBER_MEMBER,
    async handle(body, context) {
      const person = personIn(context);
      const affair = codeOfAffair(body.affair);
      await setIndividualNumber(system, authenticate(context), { person, ...body, affair });
      return { status: 200, body: { integratedAddressNumber: person } };
    },
  });
  postMessage(app, {
    ...registered.tie,
    tags,
    summary: 'Tie a business system’s own number to somebody',
    errors,
    async handle(body, context) {
      const person = personIn(context);
      const affair = codeOfAffair(body.affair);
      await tieNumber(system, authenticate(context), { person, ...body, affair });
      return { status: 200, body: { integratedAddressNumber: person } };
    },
  });
  postMessage(app, {
    ...registered.acquire,
    tags,
    summary: 'Acquire identification codes for persons that have none yet (番号法21条の2)',
    errors: [...errors, 'provider_unavailable', 'gateway_unavailable'],
    async handle(body, context) {
      const affair = codeOfAffair(body.affair);
      const acquired = await acquireFor(system, authenticate(context), { ...body, affair });
      return { status: 200, body: { acquired } };
    },
  });
}
