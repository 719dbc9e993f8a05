import { base64url } from '../../protocol/encoding.ts';
import { guard } from '../../service/http/guard.ts';
import { listen } from '../../service/http/listen.ts';
import { serviceApp } from '../../service/http/service-app.ts';
import type { Log } from '../../service/log.ts';
import { systemRandomness } from '../../service/randomness.ts';
import type { Watched } from '../network.ts';
import { clockRoutes } from './clock.ts';
import { examplesRoute } from './examples.ts';
import { faultsRoutes } from './faults.ts';
import { guardControl } from './guard.ts';
import { journalRoutes } from './journal.ts';
import { partiesRoute } from './parties.ts';
import { stateRoutes } from './state.ts';

const MAX_BYTES = 65_536;
/** An imported state is a whole network. */
const MAX_STATE_BYTES = 402_653_184;
const STATE = '/v1/state';

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
  const small = guard(MAX_BYTES);
  app.use((context, next) => (context.req.path === STATE ? next() : small(context, next)));
  partiesRoute(app, network);
  examplesRoute(app, network);
  journalRoutes(app, network.journal);
  clockRoutes(app, network);
  faultsRoutes(app, network.faults);
  stateRoutes(app, network);
  const server = await listen(app.fetch, { ...options.listen, graceMs: 200 });
  return { url: server.url, token, app, close: () => server.close() };
}

export type RunningControl = Awaited<ReturnType<typeof startControl>>;
