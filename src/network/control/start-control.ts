import { listen } from '../../service/http/listen.ts';
import { serviceApp } from '../../service/http/service-app.ts';
import type { Log } from '../../service/log.ts';
import type { Watched } from '../network.ts';
import { examplesRoute } from './examples.ts';
import { journalRoutes } from './journal.ts';
import { partiesRoute } from './parties.ts';

const MAX_BYTES = 65_536;

/** The operator’s port: what runs where, and what happens; no content, no persons, no credentials. */
export async function startControl(
  network: Watched,
  options: {
    readonly listen: { readonly host: string; readonly port: number };
    readonly log: Log;
    readonly ready: () => boolean;
  },
) {
  const { log, ready } = options;
  const title = 'renkei control plane';
  const app = serviceApp({ name: 'control', title, version: '1', log, maxBytes: MAX_BYTES, ready });
  partiesRoute(app, network);
  examplesRoute(app, network);
  journalRoutes(app, network.journal);
  const server = await listen(app.fetch, { ...options.listen, graceMs: 200 });
  return { url: server.url, app, close: () => server.close() };
}

export type RunningControl = Awaited<ReturnType<typeof startControl>>;
