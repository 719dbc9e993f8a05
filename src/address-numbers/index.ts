import { japaneseDay } from '../protocol/day.ts';
import type { Signer } from '../protocol/keys.ts';
import { keepMonths } from '../protocol/log/keep-period.ts';
import { Background } from '../service/background.ts';
import { listen } from '../service/http/listen.ts';
import { serviceApp } from '../service/http/service-app.ts';
import { type HttpClient, makeHttpClient } from '../service/http-client/post-json.ts';
import { makeIds } from '../service/ids.ts';
import type { Log } from '../service/log.ts';
import type { Clock, Observe, Randomness } from '../service/ports.ts';
import { httpNode } from './client/node.ts';
import { httpRegistry } from './client/registry.ts';
import { acquireCodes } from './core/acquire-codes.ts';
import type { Caller } from './core/authority/caller.ts';
import type { Grant } from './core/authority/ports.ts';
import { carryOpen } from './core/changes/carry.ts';
import { pruneLog } from './core/log/prune.ts';
import type { AddressNumber, Registration } from './core/persons/person.ts';
import { enrol } from './core/persons/register.ts';
import type { AddressNumbers } from './core/system.ts';
import { addressNumberRoutes } from './http/app.ts';
import { authenticator } from './http/authenticate.ts';
import type { AtRest } from './store/sealed.ts';
import { openAddressNumberStore } from './store/sqlite-store.ts';

export type { Caller } from './core/authority/caller.ts';
export type { Right } from './core/authority/operations.ts';
export { EVERY_AFFAIR, type Grant } from './core/authority/ports.ts';
export type { AtRest } from './store/sealed.ts';

/** A person as the resident register hands them over. */
export type Enrolled = Omit<Registration, 'source' | 'at'> & {
  readonly addressNumbers?: readonly AddressNumber[];
};

export interface AddressNumbersOptions {
  readonly agency: string;
  readonly name: string;
  /** A file of its own, or `:memory:`. */
  readonly path: string;
  /** What storage in memory begins with. */
  readonly contents?: Uint8Array | undefined;
  readonly listen: { readonly host: string; readonly port: number };
  readonly signer: Signer;
  /** Keys for what lies in its storage, for nothing else. */
  readonly atRest: AtRest;
  /** How long lines of the access log are kept (ISO 8601). */
  readonly keep: string;
  /** Who may call, by bearer token. */
  readonly callers: ReadonlyMap<string, Caller>;
  /** Given once: one that was withdrawn is not given again. */
  readonly readyGrants: readonly Omit<Grant, 'givenAt'>[];
  readonly nodeUrl: () => string;
  /** What its node knows it by. */
  readonly nodeToken: string;
  readonly registryUrl: () => string;
  readonly clock: Clock;
  readonly randomness: Randomness;
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

/** The composition root of one agency’s address-number system (団体内統合宛名システム). */
export async function startAddressNumbers(options: AddressNumbersOptions) {
  const { agency, name, clock, signer, log, timeoutMs, maxBytes, ready, observe } = options;
  const { path, contents, atRest, wrapHttp = same, serve = listen } = options;
  const store = openAddressNumberStore({ path, contents, clock, atRest });
  const http = wrapHttp(makeHttpClient({ timeoutMs, maxBytes, maxSockets: 4 }));
  const background = new Background(log);
  const system: AddressNumbers = {
    agency,
    store,
    node: httpNode(http, options.nodeUrl, options.nodeToken),
    registry: httpRegistry(http, options.registryUrl),
    callers: [...options.callers.values()],
    clock,
    keepMonths: keepMonthsOf(options.keep),
    newId: makeIds(options.randomness),
    randomness: options.randomness,
    signer,
    observe,
  };
  const title = `renkei address-number system (団体内統合宛名システム): ${name}`;
  const service = `${agency} address-numbers`;
  const app = serviceApp({ name: service, title, version: '1', log, maxBytes, ready });
  addressNumberRoutes(app, system, authenticator(options.callers));
  let prunedOn: string | undefined;
  const givenAt = clock.now();
  await store.transact((tx) => {
    for (const grant of options.readyGrants) tx.addGrant({ ...grant, givenAt });
  });
  const server = await serve(app.fetch, options.listen).catch(async (error) => {
    await store.commits.close();
    throw error;
  });
  return {
    agency,
    url: server.url,
    app,
    system,
    /** Takes persons over from the resident register, all or none. Doing it twice changes nothing. */
    register: (persons: readonly Enrolled[]) =>
      store.transact((tx) => {
        const at = clock.now();
        enrol(
          tx,
          persons.map((person) => ({ ...person, source: 'resident-register', at })),
        );
        const about = { actorKind: 'system', actor: 'resident-register' } as const;
        const operation = 'persons.register';
        tx.noteAccess({ at, ...about, operation, outcome: 'done', count: persons.length });
      }),
    acquireCodes: (persons: readonly string[]) => acquireCodes(system, persons),
    /** After a start, and from time to time: changes that were approved come to their end. */
    async maintain() {
      await carryOpen(system, (error) => log.warn({ err: error }, 'a change waits'));
      // Once a day: nothing else is over earlier.
      const today = japaneseDay(clock.now());
      if (prunedOn === today) return;
      await pruneLog(system).then(
        () => {
          prunedOn = today;
        },
        (error) => log.warn({ err: error }, 'pruning of the access log waits'),
      );
    },
    settled: () => background.settled(),
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

/** @throws RangeError */
function keepMonthsOf(keep: string): number {
  const months = keepMonths(keep);
  if (months === undefined) throw new RangeError('keep is a period of years and months');
  return months;
}

const same = (client: HttpClient): HttpClient => client;

export type RunningAddressNumbers = Awaited<ReturnType<typeof startAddressNumbers>>;
