import type { Log } from './log.ts';

/** Work that goes on after a reply. Nothing of it is lost sight of: `settled` waits for all. */
export class Background {
  readonly #running = new Set<Promise<void>>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  readonly run = (task: Promise<void>): void => {
    const watched = task
      .catch((error: unknown) => this.#log.error({ err: error }, 'background work failed'))
      .finally(() => this.#running.delete(watched));
    this.#running.add(watched);
  };

  /** Resolves when nothing runs, counting what running work started. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  get idle(): boolean {
    return this.#running.size === 0;
  }
}
