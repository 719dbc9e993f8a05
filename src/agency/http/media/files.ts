import type { OpenAPIHono } from '@hono/zod-openapi';
import { media } from '../../../protocol/node-api/media.ts';
import { encryptTo } from '../../../service/age/encrypt.ts';
import { postForFile } from '../../../service/http/file-route.ts';
import { copiesToExport } from '../../core/copies/export-copies.ts';
import { lendingToWrite, recordFile } from '../../core/media/write-file.ts';
import type { AgencyNode } from '../../core/node.ts';
import { checkAffair } from '../../core/staff/authority.ts';
import { fileOf, formOf } from '../copies/export.ts';
import type { Authenticate } from '../principal.ts';
import { staffOfLending } from './lending-of.ts';

const [TYPE] = media.write.types;

/**
 * POST /v1/media/lendings/{id}/files: copies as a file for a medium. It is encrypted before its first byte leaves, to
 * public keys: no secret comes here, and there is no way to have it otherwise.
 */
export function filesRoute(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  postForFile(app, {
    ...media.write,
    summary: 'Write the copies of the kind that a medium was lent for, encrypted',
    description:
      'What GET /v1/copies/export tells of that kind, in the age format (age-encryption.org/v1), for whoever was lent the medium, until its last day.',
    // Characters of a public key are chance; it has no room for anything else.
    mayHoldNumbers: ['recipients'],
    errors: [
      ...(['not_authenticated', 'not_authorised', 'not_found'] as const),
      ...(['approval_required', 'state_conflict', 'storage_full'] as const),
    ],
    async handle({ recipients, ...how }, context) {
      const { by, id } = staffOfLending(node, authenticate, context, 'media.write');
      checkAffair(by, undefined);
      const { information } = lendingToWrite(node, node.store.read, by, id);
      const through = await encryptTo(recipients);
      const form = formOf(node, information, how);
      const layoutVersion = form?.version ?? how.layout;
      const { versions } = how;
      const copies = copiesToExport(node, { information, layoutVersion, versions });
      const { pieces } = await fileOf(form, copies, how);
      // Nothing is on record of what could not be written.
      await recordFile(node, by, id, recipients);
      return { type: TYPE, pieces, through };
    },
  });
}
