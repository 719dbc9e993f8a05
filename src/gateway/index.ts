import { keyedDigest } from '../protocol/digest.ts';
import { base64url } from '../protocol/encoding.ts';
import { GATEWAY } from '../protocol/identifiers.ts';
import type { PublicKey, Signer } from '../protocol/keys.ts';
import { compilePermission } from '../protocol/permission/compile.ts';
import { Background } from '../service/background.ts';
import { listen } from '../service/http/listen.ts';
import { alarmsRoute, logRoutes } from '../service/http/log-routes.ts';
import { serviceApp } from '../service/http/service-app.ts';
import { type HttpClient, makeHttpClient } from '../service/http-client/post-json.ts';
import { makeIds } from '../service/ids.ts';
import type { Log } from '../service/log.ts';
import { publishedDocuments } from '../service/permission-lists/compile-law.ts';
import type { PermissionLists } from '../service/permission-lists/read-folder.ts';
import type { Clock, Observe, Randomness } from '../service/ports.ts';
import { askConsistency } from '../service/record-log/ask-consistency.ts';
import { type LogKeys, logSigner, peerKeysOf, witnessOf } from '../service/record-log/own-keys.ts';
import { PartyProofs, type ProofMode } from '../service/record-log/record-proofs.ts';
import { Retention } from '../service/record-log/retention.ts';
import { httpNodes } from './client/nodes.ts';
import { AgencyBook, type Registration, type RegistrationChange } from './core/agencies.ts';
import { PersonSessions } from './core/disclosure/person-sessions.ts';
import type { Gateway, GatewaySettings } from './core/gateway.ts';
import { type Asked, judge } from './core/judge.ts';
import { CurrentLaw, type Law } from './core/law.ts';
import { maintain, recover } from './core/maintain.ts';
import { restoreKeys } from './core/node-keys.ts';
import type { GatewayTx } from './core/ports.ts';
import { changeRegistration, restoreRegistrations } from './core/register.ts';
import { switchLists } from './core/switch-lists.ts';
import { gatewayRoutes } from './http/app.ts';
import { statusRoute } from './http/status.ts';
import { openGatewayStore } from './store/sqlite-store.ts';

export type { Registration, RegistrationChange } from './core/agencies.ts';
export type { Assessment } from './core/assessment.ts';
export type { Gateway, GatewaySettings } from './core/gateway.ts';
export type { Asked, Judgement } from './core/judge.ts';

export interface GatewayOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  /** What storage in memory begins with. */
  readonly contents?: Uint8Array | undefined;
  readonly listen: { readonly host: string; readonly port: number };
  readonly signer: Signer;
  readonly mint: Gateway['mint'];
  readonly logKeys: LogKeys;
  readonly proofs: ProofMode;
  /** How long records are kept (ISO 8601). */
  readonly keep: string;
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
  /** Stands between this party and its HTTP client, for simulation. */
  readonly wrapHttp?: (client: HttpClient) => HttpClient;
  /** Listens; another way to, for simulation. */
  readonly serve?: typeof listen;
  /** Replaces any part, for tests and simulation; a function is told what was made. */
  readonly overrides?: Partial<Gateway> | ((made: Gateway) => Partial<Gateway>);
}

const lawOf = (lists: PermissionLists): Law => ({
  permission: compilePermission(lists.lists, lists.roles),
  published: publishedDocuments(lists),
});

/** The composition root of the gateway. */
export async function startGateway(options: GatewayOptions) {
  const { clock, log, listen: address, maxBytes } = options;
  const { path, contents, wrapHttp = same, serve = listen } = options;
  const { logKeys, proofs: mode, mint } = options;
  const blind = (exchange: string, person: string) =>
    base64url(keyedDigest(mint.record, exchange, person));
  const recordLog = mode === 'off' ? undefined : { signer: logSigner(GATEWAY, logKeys), blind };
  const store = openGatewayStore({ path, contents, clock, log: recordLog });
  const client = makeHttpClient({
    timeoutMs: options.providerTimeoutMs,
    maxBytes,
    maxSockets: 1024,
  });
  const http = wrapHttp(client);
  const background = new Background(log);
  const law = new CurrentLaw(lawOf(options.law));
  const agencies = await AgencyBook.of(options.registrations, law.permission);
  const proofs = new PartyProofs({
    party: GATEWAY,
    mode,
    store: store.log,
    cosigner: witnessOf(GATEWAY, logKeys),
    clock,
    keysOf: (party) => peerKeysOf(agencies.find(party)?.keys ?? []),
    ask: askConsistency(http, options.urlOf),
    alarm: (keep, record) =>
      store.transact((tx) => {
        keep();
        tx.record(record);
      }),
  });
  const newId = makeIds(options.randomness);
  const retention = new Retention<GatewayTx>({
    keep: options.keep,
    table: store.retention,
    clock,
    newId,
    transact: store.transact,
    // A node’s message of another time is refused: what was decided on vouches for the gateway’s clock.
    vouched: () => store.retention.lastOf(['permitted', 'denied']),
    alarms: () => proofs.standing(),
  });
  const made: Gateway = {
    store,
    clock,
    newId,
    signer: options.signer,
    agencies,
    law,
    nodes: httpNodes(http, options.urlOf),
    proofs,
    persons: new PersonSessions(clock, newId),
    asking: new Set(),
    observe: options.observe,
    settings: options.settings,
    mint,
    background: background.run,
  };
  const { overrides } = options;
  const gateway: Gateway = {
    ...made,
    ...(typeof overrides === 'function' ? overrides(made) : overrides),
  };
  restoreRegistrations(gateway);
  await restoreKeys(gateway);
  await recover(gateway);
  const title = 'renkei gateway (情報提供ネットワークシステム)';
  const { ready } = options;
  const app = serviceApp({ name: 'gateway', title, version: '1', log, maxBytes, ready });
  statusRoute(app, () => retention.status());
  if (mode !== 'off') {
    logRoutes(app, { log: store.log, proofs });
    alarmsRoute(app, proofs);
  }
  const server = await serve(gatewayRoutes(app, gateway).fetch, address).catch(async (error) => {
    await store.commits.close();
    throw error;
  });
  return {
    url: server.url,
    gateway,
    app,
    proofs,
    log: store.log,
    retention,
    settled: () => background.settled(),
    async maintain() {
      await maintain(gateway);
      await retention.pruneDue();
    },
    checkpoint: () => store.commits.checkpoint(),
    serialize: () => store.commits.serialize(),
    /** Judges without a request, so nothing is recorded: what the law says, asked ten thousand times. */
    judge: (asked: Asked) => judge(gateway, asked),
    changeRegistration: (agency: string, change: RegistrationChange) =>
      changeRegistration(gateway, agency, change),
    switchLists: (lists: PermissionLists) => switchLists(gateway, lawOf(lists)),
    async close() {
      await server.close();
      await background.settled();
      http.close();
      await store.commits.close();
    },
  };
}

const same = (client: HttpClient): HttpClient => client;

export type RunningGateway = Awaited<ReturnType<typeof startGateway>>;
export type { PublicKey };
