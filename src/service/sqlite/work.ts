/** One caller's work and what became of it. */
export class Work<Tx, Result> {
  readonly promise: Promise<Result>;
  readonly #run: (tx: Tx) => Result;
  readonly #settle: { resolve(result: Result): void; reject(error: unknown): void };
  #outcome: { readonly result: Result } | { readonly error: unknown } | undefined;

  constructor(run: (tx: Tx) => Result) {
    this.#run = run;
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.promise = promise;
    this.#settle = { resolve, reject };
  }

  /** Runs it and keeps the result for later. Throws what the work throws. */
  run(tx: Tx): void {
    const result = this.#run(tx);
    if (isThenable(result)) {
      result.then(undefined, () => undefined);
      throw new TypeError('a transaction must be synchronous');
    }
    this.#outcome = { result };
  }

  fail(error: unknown): void {
    this.#outcome = { error };
  }

  /** Tells the caller; `lost` overrides a result that did not become durable. */
  settle(lost?: Error): void {
    const outcome = this.#outcome;
    if (outcome === undefined) this.#settle.reject(lost);
    else if ('error' in outcome) this.#settle.reject(outcome.error);
    else if (lost !== undefined) this.#settle.reject(lost);
    else this.#settle.resolve(outcome.result);
  }
}

/** A work of whatever result; the batch need not know. */
export type AnyWork<Tx> = Pick<Work<Tx, unknown>, 'run' | 'fail' | 'settle'>;

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  'then' in value &&
  typeof value.then === 'function';
