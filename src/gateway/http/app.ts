import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Gateway } from '../core/gateway.ts';
import { codesRoute } from './codes.ts';
import { collectRoute } from './collect.ts';
import { correctionsRoute } from './corrections.ts';
import { directoryRoute } from './directory.ts';
import { jwksRoute } from './jwks.ts';
import { keysRoute } from './keys.ts';
import { permissionListsRoutes } from './permission-lists.ts';
import { permitsRoute } from './permits.ts';
import { correctionRequestsRoute } from './persons/correction-requests.ts';
import { historyRoute } from './persons/history.ts';
import { personSessionsRoutes } from './persons/sessions.ts';
import { provideRoute } from './provide.ts';
import { queryRoute } from './query.ts';

/** Everything the gateway answers, one file each. */
export function gatewayRoutes(app: OpenAPIHono, gateway: Gateway): OpenAPIHono {
  permitsRoute(app, gateway);
  queryRoute(app, gateway);
  provideRoute(app, gateway);
  collectRoute(app, gateway);
  codesRoute(app, gateway);
  keysRoute(app, gateway);
  directoryRoute(app, gateway);
  permissionListsRoutes(app, gateway);
  jwksRoute(app, gateway);
  personSessionsRoutes(app, gateway);
  historyRoute(app, gateway);
  correctionRequestsRoute(app, gateway);
  correctionsRoute(app, gateway);
  return app;
}
