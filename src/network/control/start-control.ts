import type { OpenAPIHono } from '@hono/zod-openapi';
import { base64url } from '../../protocol/encoding.ts';
import { guard } from '../../service/http/guard.ts';
import { listen } from '../../service/http/listen.ts';
import { serviceApp } from '../../service/http/service-app.ts';
import type { Log } from '../../service/log.ts';
import { systemRandomness } from '../../service/randomness.ts';
import type { ConsoleMaker, Watched } from '../network.ts';
import { clockRoutes } from './clock.ts';
import { examplesRoute } from './examples.ts';
import { exchangesRoutes } from './exchanges.ts';
import { exchangesLiveRoute } from './exchanges-live.ts';
import { faultsRoutes } from './faults.ts';
import { guardControl } from './guard.ts';
import { journalRoutes } from './journal.ts';
import { lawRoutes } from './law.ts';
import { layoutsRoute } from './layouts.ts';
import { logsRoutes } from './logs.ts';
import { nodesRoutes } from './nodes.ts';
import { partiesRoute } from './parties.ts';
import { personsRoutes } from './persons.ts';
import { retentionRoutes } from './retention.ts';
import { stateRoutes } from './state.ts';
import { statusesRoute } from './statuses.ts';
import { trafficLiveRoute } from './traffic-live.ts';

const MAX_BYTES = 65_536;
/** An imported state is a whole network. */
const MAX_STATE_BYTES = 402_653_184;
const STATE = '/v1/state';
/** What goes on to a node is judged by that node: its messages are small, its files are not. */
const NODES = '/v1/nodes/';
const isLarge = (path: string): boolean => path === STATE || path.startsWith(NODES);

/**
 * The operator’s port: what runs where, what happens, and moving time, faults and state. It listens on a
 * loopback address (the configuration allows no other) and is nothing for agencies.
 */
export async function startControl(
  network: Watched,
  options: {
    readonly listen: { readonly host: string; readonly port: number };
    readonly log: Log;
    readonly ready: () => boolean;
    readonly console?: ConsoleMaker | undefined;
    readonly more?: ((app: OpenAPIHono, network: Watched) => void) | undefined;
  },
) {
  const { log, ready } = options;
  const token = base64url(systemRandomness.bytes(32));
  const title = 'renkei control plane';
  const maxBytes = MAX_STATE_BYTES;
  const app = serviceApp({ name: 'control', title, version: '1', log, maxBytes, ready });
  app.openAPIRegistry.registerComponent('securitySchemes', 'operator', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of this start, in running.json',
  });
  app.use(guardControl(token));
  const small = guard(app, MAX_BYTES);
  app.use((context, next) => (isLarge(context.req.path) ? next() : small(context, next)));
  partiesRoute(app, network);
  examplesRoute(app, network);
  statusesRoute(app, network);
  journalRoutes(app, network.journal);
  trafficLiveRoute(app, network.journal);
  exchangesLiveRoute(app, network.journal);
  exchangesRoutes(app, network);
  lawRoutes(app, network);
  layoutsRoute(app, network);
  logsRoutes(app, network);
  retentionRoutes(app, network);
  nodesRoutes(app, network);
  personsRoutes(app, network);
  clockRoutes(app, network);
  faultsRoutes(app, network.faults);
  stateRoutes(app, network);
  options.more?.(app, network);
  const pages = options.console?.(app.fetch, token);
  const server = await listen(pages ? either(app.fetch, pages.fetch) : app.fetch, {
    ...options.listen,
    graceMs: 200,
  });
  return { url: server.url, token, app, close: () => server.close() };
}

type Fetch = (request: Request) => Promise<Response> | Response;

/** One address for both: the API has its paths, all others are the console’s. */
const either =
  (api: Fetch, pages: Fetch): Fetch =>
  (request) =>
    API.test(new URL(request.url).pathname) ? api(request) : pages(request);

const API = /^\/(v\d+\/|healthz$|readyz$|openapi\.json$)/;

export type RunningControl = Awaited<ReturnType<typeof startControl>>;
