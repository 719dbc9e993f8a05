import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { Id, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { Caller } from '../core/authority/caller.ts';
import { approve, decline } from '../core/changes/decide.ts';
import type { Change } from '../core/changes/ports.ts';
import { propose, showAlike, showChange, showChanges } from '../core/changes/propose.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { ChangeView, viewOf } from './change-view.ts';
import {
  Basics,
  ERRORS_OF_ACCESS,
  Information,
  OwnAddressNumber,
  personIn,
  SystemId,
} from './fields.ts';

const Side = z.enum(['stays', 'goes']);

const Merge = z.strictObject({
  stays: IntegratedAddressNumber,
  goes: IntegratedAddressNumber.describe('Becomes part of `stays`'),
  numberOf: Side.optional().describe('Whose individual number is right; needed if they differ'),
  basicsOf: Side.optional().describe('Whose basic items are kept'),
  copies: z
    .array(z.strictObject({ information: Information, of: Side }))
    .max(1000)
    .default([])
    .describe('Where both have copies of a kind that differ: whose are kept'),
});
const Split = z.strictObject({
  from: IntegratedAddressNumber,
  to: IntegratedAddressNumber.optional().describe(
    'One that was merged into `from`; else a new one',
  ),
  numberOf: z.enum(['from', 'to']).describe('Whose the individual number is, and the code'),
  basics: Basics.describe('Of the other person'),
  addressNumbers: z
    .array(z.strictObject({ system: SystemId, addressNumber: OwnAddressNumber }))
    .max(100)
    .default([]),
  copies: z.array(Information).max(1000).default([]).describe('Kinds that are the other person’s'),
});
const State = z.enum(['proposed', 'approved', 'done', 'declined', 'returned']);
const errors: readonly ErrorCode[] = [...ERRORS_OF_ACCESS, 'state_conflict'];
const tags = ['changes'];

/** /v1/changes: two registrations are one person, or one is two; proposed by one, approved by another. */
export function changeRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    path: '/v1/changes/merge',
    tags,
    summary: 'Propose that two registrations are one person',
    request: Merge,
    responses: { 201: ChangeView },
    errors,
    async handle({ copies, ...rest }, context) {
      const copiesOf = Object.fromEntries(copies.map(({ information, of }) => [information, of]));
      const plan = { kind: 'merge', ...defined(rest), copiesOf } as const;
      const change = await propose(system, authenticate(context), plan);
      return { status: 201, body: viewOf(change) };
    },
  });
  postMessage(app, {
    path: '/v1/changes/split',
    tags,
    summary: 'Propose that one registration is two persons',
    request: Split,
    responses: { 201: ChangeView },
    errors,
    async handle(plan, context) {
      const change = await propose(system, authenticate(context), { kind: 'split', ...plan });
      return { status: 201, body: viewOf(change) };
    },
  });
  getJson(app, {
    path: '/v1/changes',
    tags,
    summary: 'Merges and splits, in the order of their proposal; open ones unless told',
    query: z.strictObject({ state: State.optional() }),
    responses: { 200: z.strictObject({ changes: z.array(ChangeView) }) },
    errors: ERRORS_OF_ACCESS,
    async handle({ state }, context) {
      const states = state ? [state] : (['proposed', 'approved'] as const);
      const changes = await showChanges(system, authenticate(context), states);
      return { status: 200, body: { changes: changes.map(viewOf) } };
    },
  });
  getJson(app, {
    path: '/v1/changes/{id}',
    tags,
    summary: 'One merge or split',
    responses: { 200: ChangeView },
    errors: ERRORS_OF_ACCESS,
    async handle(_query, context) {
      const id = idIn(context.req.param('id'));
      return { status: 200, body: viewOf(await showChange(system, authenticate(context), id)) };
    },
  });
  step('approve', 'Approve as another person: it is carried out, here and at the node', approve, [
    'approval_by_same_person',
    'provider_unavailable',
  ]);
  step('decline', 'It is not to be', decline, []);
  getJson(app, {
    path: '/v1/persons/{integratedAddressNumber}/alike',
    tags,
    summary: 'Others with the same reading of the name, birth date and sex: registered twice?',
    responses: { 200: z.strictObject({ alike: z.array(IntegratedAddressNumber) }) },
    errors: ERRORS_OF_ACCESS,
    async handle(_query, context) {
      const alike = await showAlike(system, authenticate(context), personIn(context));
      return { status: 200, body: { alike: [...alike] } };
    },
  });

  function step(
    name: 'approve' | 'decline',
    summary: string,
    act: (system: AddressNumbers, caller: Caller, id: string) => Promise<Change>,
    more: readonly ErrorCode[],
  ): void {
    postMessage(app, {
      path: `/v1/changes/{id}/${name}`,
      tags,
      summary,
      request: z.strictObject({}),
      responses: { 200: ChangeView },
      errors: [...errors, ...more],
      async handle(_body, context) {
        const id = idIn(context.req.param('id'));
        return { status: 200, body: viewOf(await act(system, authenticate(context), id)) };
      },
    });
  }
}

const idIn = (text: string | undefined): string => Id.safeParse(text).data ?? '';

/** Without members that are undefined. */
const defined = <It extends object>(it: It) =>
  Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as {
    [Key in keyof It]: Exclude<It[Key], undefined>;
  };
