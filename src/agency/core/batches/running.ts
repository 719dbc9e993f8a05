import type { RowState } from './ports.ts';

/** A batch that this process carries out now. */
export interface Run {
  /** By the node’s clock, in milliseconds. */
  readonly startedAt: number;
  /** Rows that were asked since then. */
  asked: number;
  /** The inquiries that are being asked, each with its row’s state before. */
  readonly underWay: Map<string, RowState>;
  /** Nothing new is asked any more; what is under way comes to its end. */
  stopping: boolean;
  readonly over: PromiseWithResolvers<void>;
}

/** The batches under way at a node. After `halt` none begins: the process is ending, and the next one goes on. */
export class RunningBatches {
  readonly #runs = new Map<string, Run>();
  #halted = false;

  find(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  /** @returns undefined if it is under way already, or none may begin */
  begin(id: string, startedAt: number): Run | undefined {
    if (this.#halted || this.#runs.has(id)) return undefined;
    const over = Promise.withResolvers<void>();
    const run: Run = { startedAt, asked: 0, underWay: new Map(), stopping: false, over };
    this.#runs.set(id, run);
    return run;
  }

  end(id: string): void {
    this.#runs.get(id)?.over.resolve();
    this.#runs.delete(id);
  }

  stop(id: string): void {
    const run = this.#runs.get(id);
    if (run) run.stopping = true;
  }

  halt(): void {
    this.#halted = true;
    for (const run of this.#runs.values()) run.stopping = true;
  }
}
