/** `fetch`, as far as it is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Where a node is, and how it is called. Everything but `node` has a default. */
export interface NodeOptions {
  /** Where it listens, e.g. `http://127.0.0.1:8801`. */
  readonly node: string | URL;
  /** Instead of the runtime’s own: a proxy, TLS of your own, a test. */
  readonly fetch?: Fetch;
  /** How long an answer may take to begin, milliseconds; a minute. Files may take any time. */
  readonly timeoutMs?: number;
  /** How often a call is repeated after a lost connection, where that has no second effect: twice. */
  readonly retries?: number;
  /** Between two tries, and two looks at what goes on. */
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Milliseconds since the epoch, where the node lives by another clock than this machine (a simulated one). */
  readonly now?: () => number;
}

export interface CallOptions {
  /** Ends the call with the signal’s own reason. What the node has begun, it finishes. */
  readonly signal?: AbortSignal | undefined;
}

export interface WatchOptions extends CallOptions {
  /** How long to wait between two looks, milliseconds: a second. */
  readonly everyMs?: number;
}

/** Waits by the runtime’s timer. @throws the signal’s reason */
export const timer = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(running);
      reject(signal?.reason);
    };
    if (signal?.aborted) return reject(signal.reason);
    const running = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
