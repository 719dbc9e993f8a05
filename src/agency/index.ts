import type { PublicKey, Signer, Verifier } from '../protocol/keys.ts';
import { Background } from '../service/background.ts';
import { listen } from '../service/http/listen.ts';
import { serviceApp } from '../service/http/service-app.ts';
import { makeHttpClient } from '../service/http-client/post-json.ts';
import { makeIds } from '../service/ids.ts';
import type { Log } from '../service/log.ts';
import type { Clock, Observe, Randomness } from '../service/ports.ts';
import { httpGateway } from './client/gateway.ts';
import { DirectoryCopy } from './core/directory-copy.ts';
import { ListCopy } from './core/list-copy.ts';
import type { AgencyNode, CompileLaw, NodeSettings, Principal } from './core/node.ts';
import { maintain, recover } from './core/recover.ts';
import { agencyRoutes } from './http/app.ts';
import { type Authenticate, tokenAuthenticator } from './http/principal.ts';
import { openAgencyStore } from './store/sqlite-store.ts';

export type { AgencyNode, CompileLaw, NodeSettings, Principal } from './core/node.ts';
export type { Copy } from './core/ports.ts';

export interface AgencyOptions {
  readonly code: string;
  readonly name: string;
  /** A file of this agency’s own, or `:memory:`. */
  readonly path: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly signer: Signer;
  readonly keys: readonly PublicKey[];
  readonly gatewayKey: Verifier;
  readonly gatewayUrl: () => string;
  readonly compileLaw: CompileLaw;
  /** Who may call, by bearer token; or a way of its own to find out. */
  readonly principals: ReadonlyMap<string, Principal> | Authenticate;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly settings: NodeSettings;
  readonly gatewayTimeoutMs: number;
  readonly maxBytes: number;
  readonly log: Log;
  readonly observe: Observe;
  readonly ready: () => boolean;
  readonly overrides?: Partial<AgencyNode>;
}

/** The composition root of an agency’s node (中間サーバー). `recover` is called once the gateway listens. */
export async function startAgency(options: AgencyOptions) {
  const { code, name, clock, log, maxBytes, ready, principals } = options;
  const store = openAgencyStore({ path: options.path, clock });
  const http = makeHttpClient({
    timeoutMs: options.gatewayTimeoutMs,
    maxBytes,
    maxSockets: 1024,
  });
  const background = new Background(log);
  const node: AgencyNode = {
    code,
    store,
    clock,
    newId: makeIds(options.randomness),
    randomness: options.randomness,
    signer: options.signer,
    gatewayKey: options.gatewayKey,
    gateway: httpGateway(http, options.gatewayUrl),
    compileLaw: options.compileLaw,
    directory: new DirectoryCopy(),
    lists: new ListCopy(),
    asking: new Set(),
    observe: options.observe,
    settings: options.settings,
    background: background.run,
    ...options.overrides,
  };
  const title = `renkei agency node (中間サーバー): ${name}`;
  const app = serviceApp({ name: code, title, version: '1', log, maxBytes, ready });
  const authenticate =
    typeof principals === 'function' ? principals : tokenAuthenticator(principals);
  agencyRoutes(app, node, authenticate, options.keys);
  const server = await listen(app.fetch, options.listen).catch(async (error) => {
    await store.commits.close();
    throw error;
  });
  return {
    code,
    name,
    url: server.url,
    node,
    app,
    recover: () => recover(node),
    settled: () => background.settled(),
    maintain: () => maintain(node),
    checkpoint: () => store.commits.checkpoint(),
    async close() {
      await server.close();
      await background.settled();
      http.close();
      await store.commits.close();
    },
  };
}

export type RunningAgency = Awaited<ReturnType<typeof startAgency>>;
