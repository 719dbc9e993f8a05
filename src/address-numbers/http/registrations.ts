import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { postMessage } from '../../service/http/json-route.ts';
import { acquireFor } from '../core/acquire-codes.ts';
import { changeBasics, setIndividualNumber } from '../core/persons/change.ts';
import { registerPerson, tieNumber } from '../core/persons/register.ts';
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
  SomeBasics,
  SystemId,
} from './fields.ts';

const Done = z.strictObject({ integratedAddressNumber: IntegratedAddressNumber });
const errors: readonly ErrorCode[] = [...ERRORS_OF_ACCESS, 'state_conflict'];
const tags = ['registration'];

/** POST /v1/persons and below: registering persons, and what changes of them. */
export function registrationRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    path: '/v1/persons',
    tags,
    summary: 'Register somebody new: by individual number, a system’s own number, or both',
    request: z.strictObject({
      affair: Affair,
      individualNumber: IndividualNumber.optional(),
      basics: Basics,
      addressNumbers: z
        .array(z.strictObject({ system: SystemId.optional(), addressNumber: OwnAddressNumber }))
        .max(20)
        .default([]),
    }),
    responses: { 201: Done },
    errors,
    mayHoldNumbers: NUMBER_MEMBER,
    async handle(wanted, context) {
      const person = await registerPerson(system, authenticate(context), wanted);
      return { status: 201, body: { integratedAddressNumber: person } };
    },
  });
  postMessage(app, {
    path: '/v1/persons/{integratedAddressNumber}/basics',
    tags,
    summary: 'Change basic items; the resident register’s own only by the resident register',
    request: z.strictObject({ affair: Affair, basics: SomeBasics }),
    responses: { 200: Done },
    errors,
    async handle({ affair, basics }, context) {
      const person = personIn(context);
      await changeBasics(system, authenticate(context), { affair, person, basics });
      return { status: 200, body: { integratedAddressNumber: person } };
    },
  });
  postMessage(app, {
    path: '/v1/persons/{integratedAddressNumber}/individual-number',
    tags,
    summary: 'Give somebody their first individual number, or the one in place of the old',
    request: z.strictObject({
      affair: Affair,
      individualNumber: IndividualNumber,
      reason: z.enum(['assigned', 'changed']),
    }),
    responses: { 200: Done },
    errors,
    mayHoldNumbers: NUMBER_MEMBER,
    async handle(body, context) {
      const person = personIn(context);
      await setIndividualNumber(system, authenticate(context), { person, ...body });
      return { status: 200, body: { integratedAddressNumber: person } };
    },
  });
  postMessage(app, {
    path: '/v1/persons/{integratedAddressNumber}/address-numbers',
    tags,
    summary: 'Tie a business system’s own number to somebody',
    request: z.strictObject({
      affair: Affair,
      system: SystemId.optional(),
      addressNumber: OwnAddressNumber,
    }),
    responses: { 200: Done },
    errors,
    async handle(body, context) {
      const person = personIn(context);
      await tieNumber(system, authenticate(context), { person, ...body });
      return { status: 200, body: { integratedAddressNumber: person } };
    },
  });
  postMessage(app, {
    path: '/v1/acquisitions',
    tags,
    summary: 'Acquire identification codes for persons that have none yet (番号法21条の2)',
    request: z.strictObject({
      affair: Affair,
      persons: z.array(IntegratedAddressNumber).min(1).max(500),
    }),
    responses: { 200: z.strictObject({ acquired: z.int().min(0) }) },
    errors: [...errors, 'provider_unavailable', 'gateway_unavailable'],
    async handle(body, context) {
      const acquired = await acquireFor(system, authenticate(context), body);
      return { status: 200, body: { acquired } };
    },
  });
}
