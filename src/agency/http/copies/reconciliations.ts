import type { OpenAPIHono } from '@hono/zod-openapi';
import { type ErrorCode, RenkeiError } from '../../../protocol/errors.ts';
import { reconciliations } from '../../../protocol/node-api/reconciliations.ts';
import { postFile } from '../../../service/http/file-route.ts';
import { getJson } from '../../../service/http/json-route.ts';
import { onlyForm } from '../../core/copies/check-form.ts';
import { MOST_ROWS } from '../../core/copies/imports/read-file.ts';
import { readOriginals } from '../../core/copies/reconcile/read-originals.ts';
import { reconcileCopies } from '../../core/copies/reconcile/reconcile-copies.ts';
import type { AgencyNode } from '../../core/node.ts';
import { done } from '../../core/staff/operations.ts';
import type { Authenticate } from '../principal.ts';
import { copiesStaffOf } from './copies-staff.ts';
import { codeOfInformation } from './copy-view.ts';
import { encodingOf, filePages } from './file-pages.ts';
import { differenceView, reconciliationView } from './reconciliation-view.ts';

const STAFF: readonly ErrorCode[] = ['not_authenticated', 'not_authorised'];
const MOST_BYTES = 1_073_741_824;

/** POST and GET /v1/copies/reconciliations: originals against copies, so that drift is seen. */
export function reconciliationsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  postFile(app, {
    ...reconciliations.send,
    summary:
      'Compare all originals of a kind with the copies in force: missing, surplus, different',
    description: `CSV of the columns that an import takes, UTF-8 or (;charset=shift_jis) Shift_JIS, at most ${MOST_ROWS}
rows in any order. Nothing is changed. What an import would refuse is counted as unreadable.`,
    maxBytes: MOST_BYTES,
    errors: [...STAFF, 'state_conflict', 'storage_full'],
    async handle(file, query, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.reconcile');
      const information = codeOfInformation(query.information);
      const form = onlyForm(node.layouts, information, query.layout);
      const encoding = encodingOf(context.req.header('content-type'));
      const pages = readOriginals(form, filePages(file, encoding));
      const ended = await reconcileCopies(node, by, node.newId(), form, pages);
      return { status: 201, body: reconciliationView(ended) };
    },
  });
  getJson(app, {
    ...reconciliations.list,
    summary: 'Reconciliations, the newest first: how drift came and went',
    errors: STAFF,
    handle({ information, limit }, context) {
      copiesStaffOf(authenticate, context, 'copies.reconcile');
      const kind = information === undefined ? undefined : codeOfInformation(information);
      const found = node.store.read.reconciliations(kind, limit);
      return { status: 200, body: { reconciliations: found.map(reconciliationView) } };
    },
  });
  getJson(app, {
    ...reconciliations.show,
    summary: 'What one reconciliation counted',
    errors: [...STAFF, 'not_found'],
    handle(_query, context) {
      copiesStaffOf(authenticate, context, 'copies.reconcile');
      const found = node.store.read.reconciliation(context.req.param('id') ?? '');
      if (!found) throw new RenkeiError('not_found');
      return { status: 200, body: reconciliationView(found) };
    },
  });
  differencesRoute(app, node, authenticate);
}

function differencesRoute(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    ...reconciliations.differences,
    summary: 'What differs, one by one: persons, lines and items, no values',
    description: 'Kept of the last reconciliation of each kind; of an earlier one there are none.',
    errors: [...STAFF, 'not_found'],
    async handle({ after, limit }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.reconcile');
      const id = context.req.param('id') ?? '';
      const body = await node.store.transact((tx) => {
        const found = tx.reconciliation(id);
        if (!found) throw new RenkeiError('not_found');
        const page = tx.differences(id, after, limit);
        const { information } = found;
        tx.note(done(node, by, 'copies.reconcile', { information, count: page.length }));
        const next = page.length === limit ? page.at(-1)?.place : undefined;
        const differences = page.map((each) => differenceView(each.place, each.difference));
        return { differences, ...(next !== undefined && { next }) };
      });
      return { status: 200, body };
    },
  });
}
