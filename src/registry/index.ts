import { LRUCache } from 'lru-cache';
import { RenkeiError } from '../protocol/errors.ts';
import { type PublicKey, type Signer, type Verifier, verifierOf } from '../protocol/keys.ts';
import { listen } from '../service/http/listen.ts';
import { serviceApp } from '../service/http/service-app.ts';
import { type HttpClient, makeHttpClient } from '../service/http-client/post-json.ts';
import { makeIds } from '../service/ids.ts';
import type { Log } from '../service/log.ts';
import type { Clock, Observe, Randomness } from '../service/ports.ts';
import { httpGateway } from './client/gateway.ts';
import { currentNumber, issueCard, revokeCard } from './core/issue-card.ts';
import type { MakeCard } from './core/ports.ts';
import type { Registry } from './core/registry.ts';
import { cardAssertionsRoute } from './http/card-assertions.ts';
import { codeRequestsRoute } from './http/code-requests.ts';
import { openCardStore } from './store/card-store.ts';

export type { IssuedCard, MakeCard } from './core/ports.ts';

export interface RegistryOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  /** What storage in memory begins with. */
  readonly contents?: Uint8Array | undefined;
  readonly listen: { readonly host: string; readonly port: number };
  /** Resident code by individual number. */
  readonly residents: ReadonlyMap<string, string>;
  readonly cards: MakeCard;
  /** Public keys of the address-number systems, by agency. */
  readonly agencyKeys: ReadonlyMap<string, readonly PublicKey[]>;
  readonly signer: Signer;
  readonly gatewayUrl: () => string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly toleranceSeconds: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly log: Log;
  readonly observe: Observe;
  readonly ready: () => boolean;
  /** Stands between this party and its HTTP client, for simulation. */
  readonly wrapHttp?: (client: HttpClient) => HttpClient;
  /** Listens; another way to, for simulation. */
  readonly serve?: typeof listen;
}

/** The composition root of the resident registry stand-in. Its residents are given; it keeps what became of their cards. */
export async function startRegistry(options: RegistryOptions) {
  const { clock, log, maxBytes, ready } = options;
  const { wrapHttp = same, serve = listen } = options;
  const http = wrapHttp(makeHttpClient({ timeoutMs: options.timeoutMs, maxBytes, maxSockets: 16 }));
  const verifiers = new Map<string, Verifier>();
  for (const [agency, keys] of options.agencyKeys) {
    for (const key of keys) verifiers.set(`${agency} ${key.kid}`, await verifierOf(key));
  }
  const store = openCardStore({ path: options.path, contents: options.contents, clock });
  const registry: Registry = {
    residentCodeOf: (individualNumber) => options.residents.get(individualNumber),
    clock,
    newId: makeIds(options.randomness),
    signer: options.signer,
    keyOf(agency, kid) {
      const verifier = verifiers.get(`${agency} ${kid}`);
      if (verifier) return verifier;
      throw new RenkeiError(
        options.agencyKeys.has(agency) ? 'signature_invalid' : 'agency_unknown',
      );
    },
    claim: rememberOnce(),
    ...httpGateway(http, options.gatewayUrl),
    cards: { make: options.cards, store },
    toleranceSeconds: options.toleranceSeconds,
    observe: options.observe,
  };
  const title = 'renkei resident registry (住民基本台帳ネットワークの代役)';
  const app = serviceApp({ name: 'registry', title, version: '1', log, maxBytes, ready });
  codeRequestsRoute(app, registry);
  cardAssertionsRoute(app, registry);
  const server = await serve(app.fetch, options.listen).catch(async (error) => {
    await store.commits.close();
    throw error;
  });
  return {
    url: server.url,
    app,
    revokeCard: (first: string) => revokeCard(registry, first),
    issueCard: (first: string) => issueCard(registry, first),
    currentNumber: (first: string) => currentNumber(registry, first),
    serialize: () => store.commits.serialize(),
    async close() {
      await server.close();
      http.close();
      await store.commits.close();
    },
  };
}

const same = (client: HttpClient): HttpClient => client;

export type RunningRegistry = Awaited<ReturnType<typeof startRegistry>>;

/** A request that comes again after this many others mints the same codes: it only would not be noticed. */
function rememberOnce(): Registry['claim'] {
  const claimed = new LRUCache<string, true>({ max: 10_000 });
  return (issuer, id) => {
    const key = `${issuer} ${id}`;
    if (claimed.has(key)) throw new RenkeiError('message_replayed');
    claimed.set(key, true);
  };
}
