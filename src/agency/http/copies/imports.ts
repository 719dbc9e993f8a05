import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type ErrorCode, RenkeiError } from '../../../protocol/errors.ts';
import { FILE_COLUMNS } from '../../../protocol/layouts/layout.ts';
import { imports } from '../../../protocol/node-api/imports.ts';
import { postFile } from '../../../service/http/file-route.ts';
import { getJson } from '../../../service/http/json-route.ts';
import { importCopies } from '../../core/copies/imports/import-copies.ts';
import { MOST_ROWS } from '../../core/copies/imports/read-file.ts';
import type { AgencyNode, Principal } from '../../core/node.ts';
import type { About } from '../../core/staff/operations.ts';
import { kindOf } from '../caller.ts';
import type { Authenticate } from '../principal.ts';
import { systemOf } from '../system-of.ts';
import { copiesStaffOf } from './copies-staff.ts';
import { codeOfInformation } from './copy-view.ts';
import { encodingOf, filePages } from './file-pages.ts';
import { importView } from './import-view.ts';

const SENDERS: readonly ErrorCode[] = ['not_authenticated', 'not_authorised', 'rate_limited'];
const MOST_BYTES = 1_073_741_824;

/**
 * POST and GET /v1/copies/imports, GET /v1/copies/imports/{id}: copies out of files, by staff, and by
 * business systems whose entry lets them import, each of which sees its own.
 */
export function importsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  const senderOf = (context: Context, about: About = {}): Principal =>
    kindOf(authenticate, context) === 'staff'
      ? copiesStaffOf(authenticate, context, 'copies.import')
      : systemOf(node, authenticate, context, 'import-copies', about);
  postFile(app, {
    ...imports.send,
    summary: 'Import a file of copies; the report tells all that is wrong with it',
    description: `CSV with a header, UTF-8 or (;charset=shift_jis) Shift_JIS, at most ${MOST_ROWS} rows. Columns go by
their names: ${FILE_COLUMNS.person}, the items of the layout, and if wanted ${FILE_COLUMNS.autoResponseDisabled},
${FILE_COLUMNS.nonDisclosable} (0 or 1), ${FILE_COLUMNS.published}, ${FILE_COLUMNS.ended}. The rows of one person are one
copy. What a file does not say stays as it was. Nothing is taken of a file with any mistake, unless \`partial\`.`,
    maxBytes: MOST_BYTES,
    errors: [...SENDERS, 'state_conflict', 'storage_full'],
    async handle(file, { information, layout, published, ...flags }, context) {
      const code = codeOfInformation(information);
      const by = senderOf(context, { information: code });
      const encoding = encodingOf(context.req.header('content-type'));
      const order = {
        id: node.newId(),
        mode: flags.delete === 'true' ? ('delete' as const) : ('replace' as const),
        information: code,
        layoutVersion: flags.delete === 'true' ? undefined : layout,
        published,
        encoding,
        partial: flags.partial === 'true',
      };
      const ended = await importCopies(node, by, order, filePages(file, encoding));
      const findings = [...node.store.read.importFindings(ended.id)];
      return { status: 201, body: { ...importView(ended), findings } };
    },
  });
  getJson(app, {
    ...imports.list,
    summary: 'The imports of copies, the newest first; of a business system, its own',
    errors: SENDERS,
    handle({ limit }, context) {
      const by = senderOf(context);
      const own = by.kind === 'staff' ? undefined : by;
      const listed = node.store.read.copyImports(limit, own).map(importView);
      return { status: 200, body: { imports: listed } };
    },
  });
  getJson(app, {
    ...imports.show,
    summary: 'How far an import has come, and its report',
    errors: [...SENDERS, 'not_found'],
    handle(_query, context) {
      const by = senderOf(context);
      const found = node.store.read.copyImport(context.req.param('id') ?? '');
      const sees = by.kind === 'staff' || (found?.byKind === by.kind && found.by === by.id);
      // One business system does not learn that there is another’s.
      if (!found || !sees) throw new RenkeiError('not_found');
      const findings = [...node.store.read.importFindings(found.id)];
      return { status: 200, body: { ...importView(found), findings } };
    },
  });
}
