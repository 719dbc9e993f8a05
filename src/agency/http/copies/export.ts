import type { OpenAPIHono } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { Form } from '../../../protocol/layouts/compile.ts';
import { copies } from '../../../protocol/node-api/copies.ts';
import { type FileAnswer, getFile } from '../../../service/http/file-route.ts';
import { onlyForm } from '../../core/copies/check-form.ts';
import { exportCopies } from '../../core/copies/export-copies.ts';
import type { AgencyNode } from '../../core/node.ts';
import type { Authenticate } from '../principal.ts';
import { copiesStaffOf } from './copies-staff.ts';
import { codeOfInformation } from './copy-view.ts';
import { checkEncodable, csvFile, jsonLines, type ReadCopies } from './export-file.ts';

const [CSV, JSON_LINES] = copies.export.types;

/** GET /v1/copies/export: the copies of one kind as a file, to be compared with the originals. */
export function exportRoute(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getFile(app, {
    ...copies.export,
    summary: 'Copies of one kind as a file of the columns that an import takes',
    description: 'Exported and imported again, nothing changes. It holds no individual number.',
    errors: ['not_authenticated', 'not_authorised', 'state_conflict'],
    async handle(query, context) {
      const by = copiesStaffOf(authenticate, context, 'copies.export');
      const { layout, versions } = query;
      const information = codeOfInformation(query.information);
      const form = formOf(node, information, query);
      const layoutVersion = form?.version ?? layout;
      const read = await exportCopies(node, by, { information, layoutVersion, versions });
      return await fileOf(form, read, query);
    },
  });
}

type Query = z.infer<typeof copies.export.query>;

/** The layout of a CSV file; none of JSON lines. @throws RenkeiError message_malformed */
export const formOf = (
  node: AgencyNode,
  information: string,
  { format, layout }: Pick<Query, 'format' | 'layout'>,
): Form | undefined => (format === 'csv' ? onlyForm(node.layouts, information, layout) : undefined);

/** @throws RenkeiError message_malformed for characters that the encoding does not have */
export async function fileOf(
  form: Form | undefined,
  read: ReadCopies,
  { encoding }: Pick<Query, 'encoding'>,
): Promise<FileAnswer> {
  if (!form) return { type: JSON_LINES, pieces: jsonLines(read) };
  // What UTF-8 cannot write is no text at all, and does not come in.
  if (encoding !== 'utf-8') await checkEncodable(form, read, encoding);
  return { type: CSV, charset: encoding, pieces: csvFile(form, read, encoding) };
}
