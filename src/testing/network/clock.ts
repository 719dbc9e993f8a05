import { setTimeout as elapsed, setImmediate as turn } from 'node:timers/promises';
import type { Network } from '../../network/network.ts';
import { isManual } from '../../service/clock.ts';
import { type Duration, milliseconds } from './duration.ts';

/** In so many turns of the event loop whoever waited gets as far as it can without the clock. */
const TURNS = 32;

interface Waiting {
  readonly due: number;
  readonly go: () => void;
}

/** The one clock of a network and of whatever a test lets go by it. */
export class TestClock {
  readonly #network: Network;
  readonly #waiting = new Set<Waiting>();
  #watchers: (() => void)[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  /** Milliseconds since the epoch: give it to your own code as its clock. */
  readonly now = (): number => this.#network.clock.now();

  /** ISO 8601, UTC. */
  get iso(): string {
    return new Date(this.now()).toISOString();
  }

  /**
   * Moves time on: what waits arrives at its time, and every party sees to what is due.
   * @example await network.clock.advance('90s'); // a permit is good for 60 s
   * @throws RenkeiError state_conflict if the network goes by the machine’s time; RangeError
   */
  async advance(by: Duration): Promise<void> {
    await this.#advanceTo(this.now() + milliseconds(by));
  }

  /** Moves time on to an instant (ISO 8601 with offset). @throws RenkeiError state_conflict if it is past */
  async set(instant: string | Date): Promise<void> {
    const to = new Date(instant).getTime();
    if (Number.isNaN(to)) throw new RangeError(`not an ISO 8601 time: ${instant}`);
    await this.#advanceTo(to);
  }

  /** Resolves when the network’s time has moved on so far; by the machine’s time, after so long. */
  async wait(span: Duration): Promise<void> {
    const ms = milliseconds(span);
    if (!isManual(this.#network.clock)) return await elapsed(ms);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add({ due: this.now() + ms, go: resolve });
    for (const look of this.#watchers) look();
    await promise;
  }

  /** Resolves when at least so many wait for time to move: now `advance` finds them. */
  async whenWaiting(count = 1): Promise<void> {
    if (this.#waiting.size >= count) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.#waiting.size < count) return;
        this.#watchers = this.#watchers.filter((each) => each !== look);
        resolve();
      };
      this.#watchers.push(look);
    });
  }

  async #advanceTo(target: number): Promise<void> {
    for (;;) {
      const next = [...this.#waiting].sort((one, other) => one.due - other.due)[0];
      if (!next || next.due > target) break;
      await this.#network.advanceTo(Math.max(next.due, this.now()));
      this.#waiting.delete(next);
      next.go();
      // Whoever waited goes on before time does.
      for (let count = 0; count < TURNS; count += 1) await turn();
    }
    await this.#network.advanceTo(target);
  }
}
