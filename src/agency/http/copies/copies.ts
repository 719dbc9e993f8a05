import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { RenkeiError } from '../../../protocol/errors.ts';
import { Day, IntegratedAddressNumber } from '../../../protocol/identifiers.ts';
import { getJson } from '../../../service/http/json-route.ts';
import type { CopyKey } from '../../core/copies/ports.ts';
import { listCopies, showCopy } from '../../core/copies/show-copies.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { Authenticate } from '../principal.ts';
import { copiesStaffOf } from './copies-staff.ts';
import {
  CopyView,
  codeOfInformation,
  copyView,
  Information,
  VersionView,
  versionView,
} from './copy-view.ts';

const CURSOR = /^(TM[0-9]{14})\.([0-9]{15})\.([0-9]{4}-[0-9]{2}-[0-9]{2})$/;

/** GET /v1/copies, GET /v1/copies/{person}/{information}: the copies on screen. */
export function copiesRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    path: '/v1/copies',
    summary: 'Which versions of copies are held, without content; in the order of kind and person',
    query: z.strictObject({
      person: IntegratedAddressNumber.optional(),
      information: Information.optional().describe('Kind of information, name or code'),
      after: z.string().regex(CURSOR).optional().describe('`next` of the page before'),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    responses: {
      200: z.strictObject({ copies: z.array(VersionView), next: z.string().optional() }),
    },
    errors: ['not_authenticated', 'not_authorised'],
    async handle({ person, information, after, limit }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.show');
      const only = {
        person,
        information: information === undefined ? undefined : codeOfInformation(information),
      };
      const found = await listCopies(node, by, only, keyOf(after), limit);
      const last = found.length === limit ? found.at(-1)?.copy : undefined;
      const copies = found.map(({ copy, inForce }) => versionView(copy, inForce));
      return { status: 200, body: { copies, ...(last && { next: cursorOf(last) }) } };
    },
  });
  getJson(app, {
    path: '/v1/copies/{person}/{information}',
    summary: 'A person’s copy of one kind: its versions, with the content of one',
    query: z.strictObject({
      published: Day.optional().describe('Which version; left out: the one in force today'),
    }),
    responses: {
      200: z.strictObject({ copy: CopyView.optional(), versions: z.array(VersionView) }),
    },
    errors: ['not_authenticated', 'not_authorised', 'not_found'],
    async handle({ published }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.show');
      const person = IntegratedAddressNumber.safeParse(context.req.param('person'));
      if (!person.success) throw new RenkeiError('not_found');
      const information = codeOfInformation(context.req.param('information') ?? '');
      const held = await showCopy(node, by, person.data, information);
      const meant = published ?? held[0]?.inForce?.published;
      const one = held.find(({ copy }) => copy.published === meant);
      if (published !== undefined && !one) throw new RenkeiError('not_found');
      const versions = held.map(({ copy, inForce }) => versionView(copy, inForce));
      return {
        status: 200,
        body: { versions, ...(one && { copy: copyView(one.copy, one.inForce) }) },
      };
    },
  });
}

const cursorOf = (it: CopyKey): string =>
  `${it.information}.${it.integratedAddressNumber}.${it.published}`;

function keyOf(cursor: string | undefined): CopyKey | undefined {
  const [, information, integratedAddressNumber, published] = CURSOR.exec(cursor ?? '') ?? [];
  if (information === undefined || integratedAddressNumber === undefined) return undefined;
  return { information, integratedAddressNumber, published: published ?? '' };
}
