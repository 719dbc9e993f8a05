import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { media } from '../../../protocol/node-api/media.ts';
import { getJson, postMessage } from '../../../service/http/json-route.ts';
import { registerMedium, retireMedium } from '../../core/media/keep-ledger.ts';
import type { AgencyNode } from '../../core/node.ts';
import { type Authenticate, staffOf } from '../principal.ts';
import { filesRoute } from './files.ts';
import { lendingsRoutes } from './lendings.ts';
import { mediumView } from './media-view.ts';

const STAFF: readonly ErrorCode[] = ['not_authenticated', 'not_authorised'];
const CHANGES: readonly ErrorCode[] = [...STAFF, 'state_conflict', 'storage_full'];

/** External media (外部記録媒体, R-306): the ledger, by administrators; lending, return, and what is written. */
export function mediaRoutes(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  getJson(app, {
    ...media.list,
    summary: 'The ledger of external media: where each is, and who has it until when',
    errors: STAFF,
    handle({ retired, after, limit }, context) {
      staffOf(authenticate, context, 'media.show');
      const found = node.store.read.media({ retired: retired === 'true' }, after, limit);
      const next = found.length === limit ? found.at(-1)?.medium : undefined;
      const listed = found.map((each) => mediumView(node, each));
      return { status: 200, body: { media: listed, ...(next !== undefined && { next }) } };
    },
  });
  postMessage(app, {
    ...media.register,
    summary: 'Enter a medium into the ledger',
    errors: CHANGES,
    async handle(entry, context) {
      const by = staffOf(authenticate, context, 'media.register', { subject: entry.medium });
      return { status: 201, body: mediumView(node, await registerMedium(node, by, entry)) };
    },
  });
  lendingsRoutes(app, node, authenticate);
  filesRoute(app, node, authenticate);
  postMessage(app, {
    ...media.retire,
    summary: 'Take a medium out of use for good',
    errors: [...CHANGES, 'not_found'],
    async handle({ reason }, context) {
      const by = staffOf(authenticate, context, 'media.retire');
      const number = context.req.param('medium') ?? '';
      return { status: 200, body: mediumView(node, await retireMedium(node, by, number, reason)) };
    },
  });
}
