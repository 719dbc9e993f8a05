import type { Signer } from '../protocol/keys.ts';
import { type HttpClient, makeHttpClient } from '../service/http-client/post-json.ts';
import { makeIds } from '../service/ids.ts';
import type { Clock, Randomness } from '../service/ports.ts';
import { httpNode } from './client/node.ts';
import { httpRegistry } from './client/registry.ts';
import { type AddressNumbers, acquireCodes } from './core/acquire-codes.ts';
import type { Tie } from './core/ports.ts';
import { openAddressNumberStore } from './store/sqlite-store.ts';

export type { Tie } from './core/ports.ts';

export interface AddressNumbersOptions {
  readonly agency: string;
  /** A file of its own, or `:memory:`. */
  readonly path: string;
  /** What storage in memory begins with. */
  readonly contents?: Uint8Array | undefined;
  readonly signer: Signer;
  readonly nodeUrl: () => string;
  /** What its node knows it by. */
  readonly nodeToken: string;
  readonly registryUrl: () => string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Stands between this party and its HTTP client, for simulation. */
  readonly wrapHttp?: (client: HttpClient) => HttpClient;
}

/** The composition root of one agency’s address-number system. */
export function openAddressNumbers(options: AddressNumbersOptions) {
  const { agency, clock, signer, timeoutMs, maxBytes } = options;
  const { path, contents, wrapHttp = same } = options;
  const store = openAddressNumberStore({ path, contents, clock });
  const http = wrapHttp(makeHttpClient({ timeoutMs, maxBytes, maxSockets: 4 }));
  const system: AddressNumbers = {
    agency,
    store,
    node: httpNode(http, options.nodeUrl, options.nodeToken),
    registry: httpRegistry(http, options.registryUrl),
    clock,
    newId: makeIds(options.randomness),
    signer,
  };
  return {
    agency,
    /** Ties the numbers of persons, all or none. */
    register: (ties: readonly Tie[]) =>
      store.transact((tx) => {
        for (const tie of ties) tx.tie(tie);
      }),
    serialize: () => store.commits.serialize(),
    acquireCodes: (persons: readonly string[]) => acquireCodes(system, persons),
    async close() {
      http.close();
      await store.commits.close();
    },
  };
}

const same = (client: HttpClient): HttpClient => client;

export type OpenAddressNumbers = ReturnType<typeof openAddressNumbers>;
