import { GATEWAY } from '../protocol/identifiers.ts';
import type { PublicKey, Verifier } from '../protocol/keys.ts';
import type { Layouts } from '../protocol/layouts/compile.ts';
import type { SystemEntry } from '../protocol/node-api/business-systems.ts';
import { Background } from '../service/background.ts';
import { listen } from '../service/http/listen.ts';
import { logReadersRoutes, logRoutes } from '../service/http/log-routes.ts';
import { serviceApp } from '../service/http/service-app.ts';
import { type HttpClient, makeHttpClient } from '../service/http-client/post-json.ts';
import { makeIds } from '../service/ids.ts';
import type { Log } from '../service/log.ts';
import { oneTimeCodes } from '../service/one-time-codes.ts';
import type { Clock, Observe, Passwords, Randomness, Vault } from '../service/ports.ts';
import { askConsistency } from '../service/record-log/ask-consistency.ts';
import { type LogKeys, logSigner, witnessOf } from '../service/record-log/own-keys.ts';
import { PartyProofs, type PeerKeys, type ProofMode } from '../service/record-log/record-proofs.ts';
import { Retention } from '../service/record-log/retention.ts';
import { httpGateway } from './client/gateway.ts';
import { carryOnBatches } from './core/batches/run.ts';
import { RunningBatches } from './core/batches/running.ts';
import { enterSystems } from './core/business-systems/change.ts';
import { noteCounted, Refusals } from './core/business-systems/refusals.ts';
import { SystemDesk } from './core/business-systems/system-desk.ts';
import { DirectoryCopy } from './core/directory-copy.ts';
import { resumeApproved } from './core/inquiries/resume.ts';
import { type FirstKey, loadKeys } from './core/keys/own-keys.ts';
import { ListCopy } from './core/list-copy.ts';
import type { AgencyNode, CompileLaw, NodeSettings, Principal } from './core/node.ts';
import type { AgencyTx } from './core/ports.ts';
import { prunePast } from './core/prune-past.ts';
import { maintain, recover, reload } from './core/recover.ts';
import { refreshDirectory, tolerate } from './core/refresh-directory.ts';
import { openReadyStaff, type ReadyStaff } from './core/staff/ready.ts';
import { Sessions } from './core/staff/sessions.ts';
import { agencyRoutes } from './http/app.ts';
import { type Authenticate, systemsAndStaff } from './http/principal.ts';
import { mayReadRecords } from './http/records.ts';
import { retentionRoutes } from './http/retention.ts';
import { withBusinessSystems } from './http/system-of.ts';
import { openScratch } from './store/scratch.ts';
import { openAgencyStore } from './store/sqlite-store.ts';

export type { Copy } from './core/copies/ports.ts';
export type { AgencyNode, CompileLaw, NodeSettings, Principal } from './core/node.ts';
export type { ReadyStaff, ReadyUser } from './core/staff/ready.ts';
export type { Role } from './core/staff/roles.ts';

export interface AgencyOptions {
  readonly code: string;
  readonly name: string;
  /** A file of this agency’s own, or `:memory:`. */
  readonly path: string;
  /** What storage in memory begins with. */
  readonly contents?: Uint8Array | undefined;
  readonly listen: { readonly host: string; readonly port: number };
  /** The signing key that the node comes with; those that it makes are in its storage. */
  readonly firstKey: FirstKey;
  /** The public keys of its log, for the JWKS. */
  readonly logPublicKeys: readonly PublicKey[];
  readonly gatewayKey: Verifier;
  readonly logKeys: LogKeys;
  /** Of the gateway’s log, known beforehand as its key is. */
  readonly gatewayLogKeys: PeerKeys;
  readonly proofs: ProofMode;
  /** How long records are kept (ISO 8601). */
  readonly keep: string;
  readonly gatewayUrl: () => string;
  readonly compileLaw: CompileLaw;
  /** The forms of copies. */
  readonly layouts: Layouts;
  /** Business systems that may call, by bearer token; or a way of its own to find out who calls. */
  readonly principals: ReadonlyMap<string, Principal> | Authenticate;
  /** Business systems that the node comes with; those that it knows already stay as they are. */
  readonly businessSystems: readonly SystemEntry[];
  readonly clock: Clock;
  /** Whether offices are open on a day of Japan, YYYY-MM-DD. */
  readonly isWorkingDay: (day: string) => boolean;
  readonly randomness: Randomness;
  /** Seals what this agency keeps at rest, with a key of its own. */
  readonly vault: Vault;
  readonly passwords: Passwords;
  /** Members of staff who are there from the start, for simulation. */
  readonly readyStaff?: ReadyStaff | undefined;
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

/** How long a file may take to come in, checked line by line meanwhile. */
const FILE_MS = 15 * 60 * 1000;

/** The composition root of an agency’s node (中間サーバー). `recover` is called once the gateway listens. */
export async function startAgency(options: AgencyOptions) {
  const { code, name, clock, log, maxBytes, ready, principals } = options;
  const { path, contents, wrapHttp = same, serve = listen } = options;
  const { logKeys, proofs: mode } = options;
  const recordLog = mode === 'off' ? undefined : { signer: logSigner(code, logKeys) };
  const store = openAgencyStore({ path, contents, clock, log: recordLog });
  const client = makeHttpClient({
    timeoutMs: options.gatewayTimeoutMs,
    maxBytes,
    maxSockets: 1024,
  });
  const http = wrapHttp(client);
  const background = new Background(log);
  const shut = async (error: unknown): Promise<never> => {
    await store.commits.close();
    throw error;
  };
  const keys = await loadKeys(store.read, options.vault, options.firstKey).catch(shut);
  const proofs = new PartyProofs({
    party: code,
    mode,
    store: store.log,
    cosigner: witnessOf(code, logKeys),
    clock,
    keysOf: (party) => (party === GATEWAY ? options.gatewayLogKeys : undefined),
    ask: askConsistency(http, options.gatewayUrl),
    alarm: (keep, record) =>
      store.transact((tx) => {
        keep();
        tx.record(record);
      }),
  });
  const newId = makeIds(options.randomness);
  const retention: Retention<AgencyTx> = new Retention({
    keep: options.keep,
    table: store.retention,
    clock,
    newId,
    transact: store.transact,
    // The gateway signs its directory with the time; one of another time than this clock’s is refused.
    vouched: () => node.directory.issuedAt * 1000,
    askTime: () => refreshDirectory(node).catch(tolerate),
    others: {
      oldest: () => store.read.oldestPast(),
      prune: (before, by) => prunePast(node, before, by),
    },
    alarms: () => proofs.standing(),
  });
  const parts = {
    code,
    store,
    clock,
    isWorkingDay: options.isWorkingDay,
    newId,
    randomness: options.randomness,
    vault: options.vault,
    passwords: options.passwords,
    oneTimeCodes,
    keys,
    gatewayKey: options.gatewayKey,
    gateway: httpGateway(http, options.gatewayUrl),
    proofs,
    recordsKept: () => retention.status(),
    compileLaw: options.compileLaw,
    layouts: options.layouts,
    scratch: openScratch,
    reconciling: new Map<string, string>(),
    directory: new DirectoryCopy(),
    lists: new ListCopy(),
    systems: new SystemDesk(options.overrides?.store ?? store),
    refusals: new Refusals(),
    asking: new Set<string>(),
    batches: new RunningBatches(),
    importing: new Set<string>(),
    observe: options.observe,
    settings: options.settings,
    background: background.run,
    ...options.overrides,
  };
  const node: AgencyNode = {
    ...parts,
    sessions: new Sessions(parts),
    // Asked anew for each message: keys change while the node runs.
    get signer() {
      return parts.keys.signer;
    },
  };
  const title = `renkei agency node (中間サーバー): ${name}`;
  const app = serviceApp({ name: code, title, version: '1', log, maxBytes, ready });
  const others =
    typeof principals === 'function' ? principals : systemsAndStaff(principals, node.sessions);
  const authenticate = withBusinessSystems(node, others);
  agencyRoutes(app, node, authenticate, options.logPublicKeys);
  retentionRoutes(app, node, retention, authenticate);
  const served = { log: store.log, proofs };
  if (mode !== 'off') {
    logRoutes(app, served);
    logReadersRoutes(app, served, {
      admit: (context) => mayReadRecords(authenticate, context),
      errors: ['not_authenticated', 'not_authorised'],
    });
  }
  const begin = async () => {
    await enterSystems(node, options.businessSystems);
    if (options.readyStaff) await openReadyStaff(node, options.readyStaff);
    node.sessions.load();
    return await serve(app.fetch, { ...options.listen, requestTimeoutMs: FILE_MS });
  };
  const server = await begin().catch(shut);
  return {
    code,
    name,
    url: server.url,
    node,
    app,
    proofs,
    log: store.log,
    retention,
    recover: () => recover(node),
    /** Goes on with batches, and with what was approved at terminals: once those who are asked are there again. */
    carryOn() {
      carryOnBatches(node);
      node.background(resumeApproved(node));
    },
    /** Takes its copies of list and directory out of its storage, and does nothing else. */
    reload: () => reload(node),
    settled: () => background.settled(),
    async maintain() {
      await maintain(node);
      await retention.pruneDue();
    },
    checkpoint: () => store.commits.checkpoint(),
    serialize: () => store.commits.serialize(),
    async close() {
      node.batches.halt();
      await server.close();
      await background.settled();
      http.close();
      await noteCounted(node, 'all');
      await store.commits.close();
    },
  };
}

const same = (client: HttpClient): HttpClient => client;

export type RunningAgency = Awaited<ReturnType<typeof startAgency>>;
