import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** Something under way: a message and what it causes, or a request from outside. */
export interface Flight {
  readonly id: string;
  /** What it is carried out for; nothing, once that goes on without it. */
  parent: Flight | undefined;
  /** Nothing moves it but a fault’s end, or the clock. */
  held: boolean;
}

/** Names the flight that a request belongs to, from one party’s client to the other party’s door. */
export const FLIGHT_HEADER = 'renkei-flight';

/** Everything under way between the parties, and what was caused by what. */
export class Flights {
  readonly #prefix = randomUUID();
  readonly #all = new Map<string, Flight>();
  readonly #current = new AsyncLocalStorage<Flight>();
  readonly #watchers = new Set<() => void>();
  #count = 0;
  #changes = 0;

  /** Begins one for another that is under way, or for nobody. */
  begin(cause: Flight | undefined): Flight {
    this.#count += 1;
    const parent = this.find(cause?.id);
    const flight: Flight = { id: `${this.#prefix}-${this.#count}`, parent, held: false };
    this.#all.set(flight.id, flight);
    this.#changed();
    return flight;
  }

  end(flight: Flight): void {
    this.#all.delete(flight.id);
    this.#changed();
  }

  hold(flight: Flight, held: boolean): void {
    flight.held = held;
    this.#changed();
  }

  /** What it was carried out for goes on without it. */
  detach(flight: Flight): void {
    flight.parent = undefined;
    this.#changed();
  }

  /** Carries out work for a flight: what it sends is sent for it. */
  run<Result>(flight: Flight, work: () => Result): Result {
    return this.#current.run(flight, work);
  }

  get current(): Flight | undefined {
    return this.#current.getStore();
  }

  find(id: string | undefined): Flight | undefined {
    return id === undefined ? undefined : this.#all.get(id);
  }

  get size(): number {
    return this.#all.size;
  }

  get heldCount(): number {
    return [...this.#all.values()].filter(({ held }) => held).length;
  }

  /** Counts beginnings, ends and holds, so that one can see whether anything happened. */
  get changes(): number {
    return this.#changes;
  }

  /** Whether nothing is under way but what waits for a held message. */
  get quiet(): boolean {
    if (this.#all.size === 0) return true;
    const blocked = new Set<Flight>();
    for (const flight of this.#all.values()) {
      if (!flight.held) continue;
      for (let each: Flight | undefined = flight; each; each = each.parent) blocked.add(each);
    }
    return [...this.#all.values()].every((flight) => blocked.has(flight));
  }

  /** Resolves when `condition` is true, looking whenever something changes; never, once it is given up. */
  until(condition: () => boolean, givenUp?: AbortSignal): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      givenUp?.addEventListener('abort', () => this.#watchers.delete(look), { once: true });
    });
  }

  #changed(): void {
    this.#changes += 1;
    for (const look of this.#watchers) look();
  }
}
