import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AddressNumbers } from '../core/system.ts';
import { accessLogRoutes } from './access-log.ts';
import type { Authenticate } from './authenticate.ts';
import { changeRoutes } from './changes.ts';
import { confirmationsRoute } from './confirmations.ts';
import { grantRoutes } from './grants.ts';
import { linkageRoute } from './linkage.ts';
import { personRoutes } from './persons.ts';
import { registrationRoutes } from './registrations.ts';

/** Everything that an address-number system answers: to business systems and to its staff. */
export function addressNumberRoutes(
  app: OpenAPIHono,
  system: AddressNumbers,
  authenticate: Authenticate,
): void {
  personRoutes(app, system, authenticate);
  confirmationsRoute(app, system, authenticate);
  registrationRoutes(app, system, authenticate);
  linkageRoute(app, system, authenticate);
  changeRoutes(app, system, authenticate);
  grantRoutes(app, system, authenticate);
  accessLogRoutes(app, system, authenticate);
}
