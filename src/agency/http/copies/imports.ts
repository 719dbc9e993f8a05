import type { OpenAPIHono } from '@hono/zod-openapi';
import { type ErrorCode, RenkeiError } from '../../../protocol/errors.ts';
import { FILE_COLUMNS } from '../../../protocol/layouts/layout.ts';
import { imports } from '../../../protocol/node-api/imports.ts';
import { postFile } from '../../../service/http/file-route.ts';
import { getJson } from '../../../service/http/json-route.ts';
import { importCopies } from '../../core/copies/imports/import-copies.ts';
import { MOST_ROWS } from '../../core/copies/imports/read-file.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { Authenticate } from '../principal.ts';
import { copiesStaffOf } from './copies-staff.ts';
import { codeOfInformation } from './copy-view.ts';
import { encodingOf, filePages } from './file-pages.ts';
import { importView } from './import-view.ts';

const STAFF: readonly ErrorCode[] = ['not_authenticated', 'not_authorised'];
const MOST_BYTES = 1_073_741_824;

/** POST and GET /v1/copies/imports, GET /v1/copies/imports/{id}: copies out of files. */
export function importsRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  postFile(app, {
    ...imports.send,
    summary: 'Import a file of copies; the report tells all that is wrong with it',
    description: `CSV with a header, UTF-8 or (;charset=shift_jis) Shift_JIS, at most ${MOST_ROWS} rows. Columns go by
their names: ${FILE_COLUMNS.person}, the items of the layout, and if wanted ${FILE_COLUMNS.autoResponseDisabled},
${FILE_COLUMNS.nonDisclosable} (0 or 1), ${FILE_COLUMNS.published}, ${FILE_COLUMNS.ended}. The rows of one person are one
copy. What a file does not say stays as it was. Nothing is taken of a file with any mistake, unless \`partial\`.`,
    maxBytes: MOST_BYTES,
    errors: [...STAFF, 'state_conflict', 'storage_full'],
    async handle(file, { information, layout, published, ...flags }, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.import');
      const encoding = encodingOf(context.req.header('content-type'));
      const order = {
        id: node.newId(),
        mode: flags.delete === 'true' ? ('delete' as const) : ('replace' as const),
        information: codeOfInformation(information),
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
    summary: 'The imports of copies, the newest first',
    errors: STAFF,
    handle({ limit }, context) {
      copiesStaffOf(authenticate, context, 'copies.import');
      const listed = node.store.read.copyImports(limit).map(importView);
      return { status: 200, body: { imports: listed } };
    },
  });
  getJson(app, {
    ...imports.show,
    summary: 'How far an import has come, and its report',
    errors: [...STAFF, 'not_found'],
    handle(_query, context) {
      copiesStaffOf(authenticate, context, 'copies.import');
      const found = node.store.read.copyImport(context.req.param('id') ?? '');
      if (!found) throw new RenkeiError('not_found');
      const findings = [...node.store.read.importFindings(found.id)];
      return { status: 200, body: { ...importView(found), findings } };
    },
  });
}
