import type { OpenAPIHono } from '@hono/zod-openapi';
import { RenkeiError } from '../../../protocol/errors.ts';
import { IntegratedAddressNumber } from '../../../protocol/identifiers.ts';
import { COPY_CURSOR, copies } from '../../../protocol/node-api/copies.ts';
import { getJson } from '../../../service/http/json-route.ts';
import type { CopyKey } from '../../core/copies/ports.ts';
import { listCopies, showCopy } from '../../core/copies/show-copies.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { Authenticate } from '../principal.ts';
import { copiesStaffOf } from './copies-staff.ts';
import { codeOfInformation, copyView, versionView } from './copy-view.ts';

/** GET /v1/copies, GET /v1/copies/{person}/{information}: the copies on screen. */
export function copiesRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    ...copies.list,
    summary: 'Which versions of copies are held, without content; in the order of kind and person',
    errors: ['not_authenticated', 'not_authorised'],
    async handle({ person, information, after, limit }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.show');
      const only = {
        person,
        information: information === undefined ? undefined : codeOfInformation(information),
      };
      const found = await listCopies(node, by, only, keyOf(after), limit);
      const last = found.length === limit ? found.at(-1)?.copy : undefined;
      const versions = found.map(({ copy, inForce }) => versionView(copy, inForce));
      return { status: 200, body: { copies: versions, ...(last && { next: cursorOf(last) }) } };
    },
  });
  getJson(app, {
    ...copies.show,
    summary: 'A person’s copy of one kind: its versions, with the content of one',
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
  const [, information, integratedAddressNumber, published] = COPY_CURSOR.exec(cursor ?? '') ?? [];
  if (information === undefined || integratedAddressNumber === undefined) return undefined;
  return { information, integratedAddressNumber, published: published ?? '' };
}
