import type { OpenAPIHono } from '@hono/zod-openapi';
import { type StatusView, status } from '../../protocol/node-api/status.ts';
import { getJson } from '../../service/http/json-route.ts';
import { keptView } from '../../service/http/retention-views.ts';
import type { SigningKey } from '../core/keys/ports.ts';
import type { Lifetime } from '../core/lifetime.ts';
import type { AgencyNode } from '../core/node.ts';
import { today } from '../core/today.ts';
import { differencesOf } from './copies/reconciliation-view.ts';

/** GET /v1/status: the node’s copies of list and directory, and what waits. No content, no persons. */
export function statusRoute(app: OpenAPIHono, node: AgencyNode): void {
  getJson(app, {
    ...status,
    summary: 'Versions and age of the copies, and what waits',
    handle: () => ({
      status: 200,
      body: {
        agency: node.code,
        providing: [node.lists, node.directory].every((copy) => copy.counts(node.clock.now())),
        permissionLists: copyStatus(node, node.lists),
        directory: copyStatus(node, node.directory),
        keys: keyStatus(node),
        reviews: node.store.read.reviewCounts(node.clock.now()),
        approvals: node.store.read.approvalCounts(),
        ...keptView(node.recordsKept()),
        media: node.store.read.mediumCounts(today(node)),
        openInquiries: node.store.read.inquiriesIn(['asking', 'permitted', 'pending', 'open'])
          .length,
        outgoing: node.store.read.outgoing().length,
        copies: node.store.read.kindsHeld().map((kind) => reconciled(node, kind)),
      },
    }),
  });
}

const copyStatus = (node: AgencyNode, { version, issuedAt, expiresAt }: Lifetime) => ({
  version,
  ...(issuedAt > 0 && {
    issuedAt: new Date(issuedAt * 1000).toISOString(),
    ageSeconds: Math.max(0, Math.floor(node.clock.now() / 1000 - issuedAt)),
  }),
  expiresAt: new Date(expiresAt * 1000).toISOString(),
  stale: node.clock.now() / 1000 >= expiresAt,
});

function keyStatus({ keys: { known }, clock }: AgencyNode): StatusView['keys'] {
  const one = (state: SigningKey['state']) => known.find((key) => key.state === state);
  const [current, retiring, announced] = [one('current'), one('retiring'), one('announced')];
  const until = retiring?.retiresAt;
  const counts = until === undefined || clock.now() / 1000 < until;
  return {
    current: current?.kid ?? '',
    since: current?.since === undefined ? undefined : new Date(current.since).toISOString(),
    retiring:
      retiring && counts
        ? {
            kid: retiring.kid,
            retiresAt: until === undefined ? undefined : new Date(until * 1000).toISOString(),
          }
        : undefined,
    announced: announced?.kid,
  };
}

/** Drift is seen: how old the last comparison is, and what it found. */
function reconciled(node: AgencyNode, information: string) {
  const last = node.store.read.lastReconciliation(information);
  if (!last) return { information };
  return {
    information,
    reconciledAt: new Date(last.finishedAt).toISOString(),
    ageSeconds: Math.max(0, Math.floor((node.clock.now() - last.finishedAt) / 1000)),
    differences: differencesOf(last),
  };
}
