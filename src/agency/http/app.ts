import type { OpenAPIHono } from '@hono/zod-openapi';
import type { PublicKey } from '../../protocol/keys.ts';
import type { AgencyNode } from '../core/node.ts';
import { acquisitionsRoute } from './acquisitions.ts';
import { codesRoute } from './codes.ts';
import { deliveriesRoute } from './deliveries.ts';
import { inquiriesRoutes } from './inquiries.ts';
import { jwksRoute } from './jwks.ts';
import type { Authenticate } from './principal.ts';
import { provideRequestsRoute } from './provide-requests.ts';
import { recordsRoute } from './records.ts';
import { reviewsRoutes } from './reviews.ts';
import { statusRoute } from './status.ts';

/** Everything a node answers: to the gateway, to business systems, to its staff. */
export function agencyRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
  keys: readonly PublicKey[],
): OpenAPIHono {
  provideRequestsRoute(app, node);
  deliveriesRoute(app, node);
  codesRoute(app, node);
  inquiriesRoutes(app, node, authenticate);
  acquisitionsRoute(app, node, authenticate);
  reviewsRoutes(app, node, authenticate);
  recordsRoute(app, node, authenticate);
  statusRoute(app, node);
  jwksRoute(app, keys);
  return app;
}
