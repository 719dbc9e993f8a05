import type { PublicKey, Signer } from '../protocol/keys.ts';
import { compilePermission } from '../protocol/permission/compile.ts';
import { Background } from '../service/background.ts';
import { listen } from '../service/http/listen.ts';
import { serviceApp } from '../service/http/service-app.ts';
import { makeHttpClient } from '../service/http-client/post-json.ts';
import { makeIds } from '../service/ids.ts';
import type { Log } from '../service/log.ts';
import { publishedDocuments } from '../service/permission-lists/compile-law.ts';
import type { PermissionLists } from '../service/permission-lists/read-folder.ts';
import type { Clock, Observe, Randomness } from '../service/ports.ts';
import { httpNodes } from './client/nodes.ts';
import { AgencyBook, type Registration } from './core/agencies.ts';
import type { Gateway, GatewaySettings } from './core/gateway.ts';
import { maintain, recover } from './core/maintain.ts';
import { gatewayRoutes } from './http/app.ts';
import { openGatewayStore } from './store/sqlite-store.ts';

export type { Registration } from './core/agencies.ts';
export type { Assessment } from './core/assessment.ts';
export type { GatewaySettings } from './core/gateway.ts';

export interface GatewayOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly signer: Signer;
  readonly mint: Gateway['mint'];
  /** All parties, the gateway and the registry among them. */
  readonly registrations: readonly Registration[];
  readonly law: PermissionLists;
  /** Where an agency’s node listens. */
  readonly urlOf: (agency: string) => string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly settings: GatewaySettings;
  readonly providerTimeoutMs: number;
  readonly maxBytes: number;
  readonly log: Log;
  readonly observe: Observe;
  readonly ready: () => boolean;
  /** Replaces any part, for tests and simulation. */
  readonly overrides?: Partial<Gateway>;
}

/** The composition root of the gateway. */
export async function startGateway(options: GatewayOptions) {
  const { clock, log, listen: address, maxBytes } = options;
  const store = openGatewayStore({ path: options.path, clock });
  const http = makeHttpClient({
    timeoutMs: options.providerTimeoutMs,
    maxBytes,
    maxSockets: 1024,
  });
  const background = new Background(log);
  const permission = compilePermission(options.law.lists, options.law.roles);
  const gateway: Gateway = {
    store,
    clock,
    newId: makeIds(options.randomness),
    signer: options.signer,
    agencies: await AgencyBook.of(options.registrations, permission),
    permission,
    published: publishedDocuments(options.law),
    nodes: httpNodes(http, options.urlOf),
    observe: options.observe,
    settings: options.settings,
    mint: options.mint,
    background: background.run,
    ...options.overrides,
  };
  await recover(gateway);
  const title = 'renkei gateway (情報提供ネットワークシステム)';
  const { ready } = options;
  const app = serviceApp({ name: 'gateway', title, version: '1', log, maxBytes, ready });
  const server = await listen(gatewayRoutes(app, gateway).fetch, address).catch(async (error) => {
    await store.commits.close();
    throw error;
  });
  return {
    url: server.url,
    gateway,
    app,
    settled: () => background.settled(),
    maintain: () => maintain(gateway),
    checkpoint: () => store.commits.checkpoint(),
    async close() {
      await server.close();
      await background.settled();
      http.close();
      await store.commits.close();
    },
  };
}

export type RunningGateway = Awaited<ReturnType<typeof startGateway>>;
export type { PublicKey };
