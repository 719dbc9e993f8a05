import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '../../protocol/errors.ts';
import { Id } from '../../protocol/identifiers.ts';
import { changes } from '../../protocol/persons-api/changes.ts';
import { registered } from '../../protocol/persons-api/persons.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { Caller } from '../core/authority/caller.ts';
import { approve, decline } from '../core/changes/decide.ts';
import type { Change } from '../core/changes/ports.ts';
import { propose, showAlike, showChange, showChanges } from '../core/changes/propose.ts';
import type { AddressNumbers } from '../core/system.ts';
import type { Authenticate } from './authenticate.ts';
import { viewOf } from './change-view.ts';
import { codeOfInformation, ERRORS_OF_ACCESS, personIn } from './fields.ts';

const errors: readonly ErrorCode[] = [...ERRORS_OF_ACCESS, 'state_conflict'];
const tags = ['changes'];

/** /v1/changes: two registrations are one person, or one is two; proposed by one, approved by another. */
export function changeRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  postMessage(app, {
    ...changes.merge,
    tags,
    summary: 'Propose that two registrations are one person',
    errors,
    async handle({ copies, ...rest }, context) {
      const copiesOf = Object.fromEntries(
        copies.map(({ information, of }) => [codeOfInformation(information), of]),
      );
      const plan = { kind: 'merge', ...defined(rest), copiesOf } as const;
      const change = await propose(system, authenticate(context), plan);
      return { status: 201, body: viewOf(change) };
    },
  });
  postMessage(app, {
    ...changes.split,
    tags,
    summary: 'Propose that one registration is two persons',
    errors,
    async handle(asked, context) {
      const plan = { ...asked, copies: asked.copies.map(codeOfInformation) };
      const change = await propose(system, authenticate(context), { kind: 'split', ...plan });
      return { status: 201, body: viewOf(change) };
    },
  });
  getJson(app, {
    ...changes.list,
    tags,
    summary: 'Merges and splits, in the order of their proposal; open ones unless told',
    errors: ERRORS_OF_ACCESS,
    async handle({ state }, context) {
      const states = state ? [state] : (['proposed', 'approved'] as const);
      const listed = await showChanges(system, authenticate(context), states);
      return { status: 200, body: { changes: listed.map(viewOf) } };
    },
  });
  getJson(app, {
    ...changes.show,
    tags,
    summary: 'One merge or split',
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
    ...registered.alike,
    tags,
    summary: 'Others with the same reading of the name, birth date and sex: registered twice?',
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
      ...changes[name],
      tags,
      summary,
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
