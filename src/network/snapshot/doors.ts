import { listen } from '../../service/http/listen.ts';
import { FLIGHT_HEADER, type Flights } from '../faults/flights.ts';

type Fetch = Parameters<typeof listen>[0];
type Listening = Awaited<ReturnType<typeof listen>>;

/**
 * Where the parties let requests in. What comes from outside can be made to wait while the parties are put
 * in order, and a party that is replaced by itself keeps its port and its callers’ connections.
 */
export class Doors {
  readonly #flights: Flights;
  readonly #doors = new Map<string, Door>();
  #shut: PromiseWithResolvers<void> | undefined;
  #replacing = false;

  constructor(flights: Flights) {
    this.#flights = flights;
  }

  /** How one party listens. */
  of(party: string): typeof listen {
    return async (fetch, options) => {
      const kept = this.#doors.get(party);
      if (kept) {
        kept.fetch = fetch;
        kept.serving = true;
        return kept.listening;
      }
      const door = await this.#open(party, fetch, options);
      this.#doors.set(party, door);
      return door.listening;
    };
  }

  /** From now on requests from outside wait; those inside go on. */
  shut(): void {
    this.#shut ??= Promise.withResolvers();
  }

  open(): void {
    this.#shut?.resolve();
    this.#shut = undefined;
  }

  /** Carries out what closes parties and starts them again; who comes back has kept its port. */
  async replacing<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#replacing = true;
    try {
      return await work();
    } finally {
      this.#replacing = false;
      const left = [...this.#doors.values()].filter(({ serving }) => !serving);
      await Promise.all(left.map(({ listening }) => listening.close()));
    }
  }

  /** Does work from outside that comes by no door (an address-number system is called, not asked). */
  async admit<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#shut) await this.#shut.promise;
    const flight = this.#flights.begin(undefined);
    try {
      return await this.#flights.run(flight, work);
    } finally {
      this.#flights.end(flight);
    }
  }

  async #open(party: string, fetch: Fetch, options: Parameters<typeof listen>[1]): Promise<Door> {
    const door = { fetch, serving: true };
    const server = await listen((request, env) => {
      const header = env.incoming.headers[FLIGHT_HEADER];
      const flight = this.#flights.find(typeof header === 'string' ? header : undefined);
      // What a party sends belongs to what is under way already.
      if (flight) return this.#flights.run(flight, () => door.fetch(request, env));
      return this.admit(async () => await door.fetch(request, env));
    }, options);
    const close = async () => {
      door.serving = false;
      if (this.#replacing) return;
      this.#doors.delete(party);
      await server.close();
    };
    return Object.assign(door, {
      listening: { ...server, close, [Symbol.asyncDispose]: close },
    });
  }
}

interface Door {
  fetch: Fetch;
  serving: boolean;
  readonly listening: Listening;
}
