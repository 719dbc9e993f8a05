import type { Clock, PartyEvent } from '../service/ports.ts';

/** An event with its place in the network’s time. */
export interface JournalEntry extends PartyEvent {
  readonly seq: number;
  /** By the network’s clock, milliseconds since the epoch. */
  readonly at: number;
  /** By a stopwatch that runs from the start, milliseconds; for durations, whatever the clock does. */
  readonly elapsed: number;
}

/** The entries kept, and how many there were. */
export interface JournalState {
  readonly seq: number;
  readonly entries: readonly JournalEntry[];
}

export interface Watcher {
  entry(entry: JournalEntry): void;
  /** The journal went back to where it was; later numbers are given again. */
  restored(last: number): void;
}

/** What happened in the network, for whoever watches: the latest entries, and each new one as it comes. */
export class Journal {
  readonly #clock: Clock;
  readonly #kept: number;
  readonly #watchers = new Set<Watcher>();
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
    for (const watcher of this.#watchers) watcher.entry(entry);
  };

  /** Entries after `seq`, oldest first. */
  after(seq: number, limit = this.#kept): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.seq > seq).slice(0, limit);
  }

  get last(): number {
    return this.#seq;
  }

  /** Calls `watcher` for each new entry until the returned function is called. */
  watch(
    entry: (entry: JournalEntry) => void,
    restored: (last: number) => void = () => undefined,
  ): () => void {
    const watcher = { entry, restored };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  state(): JournalState {
    return { seq: this.#seq, entries: [...this.#entries] };
  }

  /** Goes back to what was kept, as if nothing had happened since. */
  restore({ seq, entries }: JournalState): void {
    this.#seq = seq;
    this.#entries = [...entries];
    for (const watcher of this.#watchers) watcher.restored(seq);
  }
}
