import type { Clock, PartyEvent } from '../service/ports.ts';

/** An event with its place in the network’s time. */
export interface JournalEntry extends PartyEvent {
  readonly seq: number;
  /** By the network’s clock, milliseconds since the epoch. */
  readonly at: number;
  /** By a stopwatch that runs from the start, milliseconds; for durations, whatever the clock does. */
  readonly elapsed: number;
}

/** What happened in the network, for whoever watches: the latest entries, and each new one as it comes. */
export class Journal {
  readonly #clock: Clock;
  readonly #kept: number;
  readonly #watchers = new Set<(entry: JournalEntry) => void>();
  #entries: JournalEntry[] = [];
  #seq = 0;

  constructor(clock: Clock, kept = 10_000) {
    this.#clock = clock;
    this.#kept = kept;
  }

  readonly observe = (event: PartyEvent): void => {
    this.#seq += 1;
    const elapsed = Math.round(performance.now() * 1000) / 1000;
    const entry = { ...event, seq: this.#seq, at: this.#clock.now(), elapsed };
    this.#entries.push(entry);
    // Cut in halves: dropping one at a time would move the rest each time.
    if (this.#entries.length > 2 * this.#kept) this.#entries = this.#entries.slice(-this.#kept);
    for (const watch of this.#watchers) watch(entry);
  };

  /** Entries after `seq`, oldest first. */
  after(seq: number, limit = this.#kept): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.seq > seq).slice(0, limit);
  }

  get last(): number {
    return this.#seq;
  }

  /** Calls `watcher` for each new entry until the returned function is called. */
  watch(watcher: (entry: JournalEntry) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
