import type { OpenAPIHono } from '@hono/zod-openapi';
import type { PublicKey } from '../../protocol/keys.ts';
import type { AgencyNode } from '../core/node.ts';
import { acquisitionsRoute } from './acquisitions.ts';
import { anomaliesRoute } from './anomalies.ts';
import { batchResultsRoute } from './batch-results.ts';
import { batchesRoutes } from './batches.ts';
import { businessSystemsRoutes } from './business-systems.ts';
import { codesRoute } from './codes.ts';
import { copiesRoutes } from './copies/copies.ts';
import { draftsRoutes } from './copies/drafts.ts';
import { exportRoute } from './copies/export.ts';
import { importsRoutes } from './copies/imports.ts';
import { linkageRoute } from './copies/linkage.ts';
import { reconciliationsRoutes } from './copies/reconciliations.ts';
import { correctionMessagesRoutes, correctionsRoutes } from './corrections.ts';
import { deliveriesRoute } from './deliveries.ts';
import { departmentsRoutes } from './departments.ts';
import { inquiriesRoutes } from './inquiries.ts';
import { jwksRoute } from './jwks.ts';
import { keysRoutes } from './keys.ts';
import { mediaRoutes } from './media/media.ts';
import { operationsRoute } from './operations.ts';
import { personsRoutes } from './persons.ts';
import type { Authenticate } from './principal.ts';
import { provideRequestsRoute } from './provide-requests.ts';
import { recordsRoute } from './records.ts';
import { operationsNoted } from './refusals.ts';
import { reviewsRoutes } from './reviews.ts';
import { sessionsRoutes } from './sessions.ts';
import { staffRoutes } from './staff.ts';
import { statusRoute } from './status.ts';
import { tokenRoute } from './token.ts';

/** Everything a node answers: to the gateway, to business systems, to its staff. */
export function agencyRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
  logKeys: readonly PublicKey[],
): OpenAPIHono {
  app.use('/v1/*', operationsNoted(node));
  provideRequestsRoute(app, node);
  deliveriesRoute(app, node);
  codesRoute(app, node);
  correctionMessagesRoutes(app, node);
  correctionsRoutes(app, node, authenticate);
  inquiriesRoutes(app, node, authenticate);
  batchesRoutes(app, node, authenticate);
  batchResultsRoute(app, node, authenticate);
  acquisitionsRoute(app, node, authenticate);
  personsRoutes(app, node, authenticate);
  reviewsRoutes(app, node, authenticate);
  // Their paths come before those of `copies/{person}/{information}`.
  draftsRoutes(app, node, authenticate);
  exportRoute(app, node, authenticate);
  reconciliationsRoutes(app, node, authenticate);
  importsRoutes(app, node, authenticate);
  linkageRoute(app, node, authenticate);
  copiesRoutes(app, node, authenticate);
  mediaRoutes(app, node, authenticate);
  recordsRoute(app, node, authenticate);
  tokenRoute(app, node);
  businessSystemsRoutes(app, node, authenticate);
  sessionsRoutes(app, node);
  staffRoutes(app, node, authenticate);
  departmentsRoutes(app, node, authenticate);
  operationsRoute(app, node, authenticate);
  anomaliesRoute(app, node, authenticate);
  statusRoute(app, node);
  keysRoutes(app, node, authenticate);
  jwksRoute(app, node, logKeys);
  return app;
}
