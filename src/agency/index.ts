import type { PublicKey, Signer, Verifier } from '../protocol/keys.ts';
import { Background } from '../service/background.ts';
import { listen } from '../service/http/listen.ts';
import { serviceApp } from '../service/http/service-app.ts';
import { type HttpClient, makeHttpClient } from '../service/http-client/post-json.ts';
import { makeIds } from '../service/ids.ts';
import type { Log } from '../service/log.ts';
import type { Clock, Observe, Randomness } from '../service/ports.ts';
import { httpGateway } from './client/gateway.ts';
import { DirectoryCopy } from './core/directory-copy.ts';
import { ListCopy } from './core/list-copy.ts';
import type { AgencyNode, CompileLaw, NodeSettings, Principal } from './core/node.ts';
import { maintain, recover, reload } from './core/recover.ts';
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
  /** What storage in memory begins with. */
  readonly contents?: Uint8Array | undefined;
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
  /** Stands between this party and its HTTP client, for simulation. */
  readonly wrapHttp?: (client: HttpClient) => HttpClient;
  /** Listens; another way to, for simulation. */
  readonly serve?: typeof listen;
  readonly overrides?: Partial<AgencyNode>;
}

/** The composition root of an agency’s node (中間サーバー). `recover` is called once the gateway listens. */
export async function startAgency(options: AgencyOptions) {
  const { code, name, clock, log, maxBytes, ready, principals } = options;
  const { path, contents, wrapHttp = same, serve = listen } = options;
  const store = openAgencyStore({ path, contents, clock });
  const client = makeHttpClient({
    timeoutMs: options.gatewayTimeoutMs,
    maxBytes,
    maxSockets: 1024,
  });
  const http = wrapHttp(client);
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
  const server = await serve(app.fetch, options.listen).catch(async (error) => {
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
    /** Takes its copies of list and directory out of its storage, and does nothing else. */
    reload: () => reload(node),
    settled: () => background.settled(),
    maintain: () => maintain(node),
    checkpoint: () => store.commits.checkpoint(),
    serialize: () => store.commits.serialize(),
    async close() {
      await server.close();
      await background.settled();
      http.close();
      await store.commits.close();
    },
  };
}

const same = (client: HttpClient): HttpClient => client;

export type RunningAgency = Awaited<ReturnType<typeof startAgency>>;
