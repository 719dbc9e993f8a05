import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { getJson } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';

const CopyStatus = z.strictObject({
  version: z.int(),
  expiresAt: z.string(),
  stale: z.boolean(),
});

/** GET /v1/status: the node’s copies of list and directory, and what waits. No content, no persons. */
export function statusRoute(app: OpenAPIHono, node: AgencyNode): void {
  getJson(app, {
    path: '/v1/status',
    summary: 'Versions and age of the copies, and what waits',
    responses: {
      200: z.strictObject({
        agency: z.string(),
        permissionLists: CopyStatus,
        directory: CopyStatus,
        waitingReviews: z.int(),
        openInquiries: z.int(),
        outgoing: z.int(),
      }),
    },
    handle: () => ({
      status: 200,
      body: {
        agency: node.code,
        permissionLists: copyStatus(node, node.lists),
        directory: copyStatus(node, node.directory),
        waitingReviews: node.store.read.reviews(['waiting', 'reviewed']).length,
        openInquiries: node.store.read.inquiriesIn(['asking', 'permitted', 'pending', 'open'])
          .length,
        outgoing: node.store.read.outgoing().length,
      },
    }),
  });
}

const copyStatus = (node: AgencyNode, copy: { version: number; expiresAt: number }) => ({
  version: copy.version,
  expiresAt: new Date(copy.expiresAt * 1000).toISOString(),
  stale: node.clock.now() / 1000 >= copy.expiresAt,
});
