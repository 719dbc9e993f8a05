import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import manifest from '../../../package.json' with { type: 'json' };
import type { Watched } from '../../network/network.ts';
import { systemClock } from '../../service/clock.ts';
import { PACKAGE_ROOT } from '../places.ts';

/** The control plane’s routes of compliance: what they need is loaded when they are first asked. */
export const complianceRoutes =
  ({ listDiffRoute, scenarioRoutes }: Awaited<ReturnType<typeof loadTools>>) =>
  (app: OpenAPIHono, network: Watched): void => {
    listDiffRoute(app, network);
    scenarioRoutes(app, network, {
      folder: join(PACKAGE_ROOT, 'scenarios'),
      ground: async () => (await import('../replay/ground.ts')).groundOf({}),
      version: manifest.version,
      now: () => systemClock.now(),
    });
  };

export const loadTools = async () => ({
  ...(await import('../../compliance/control/list-diff.ts')),
  ...(await import('../../compliance/control/scenarios.ts')),
});
