const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C can come twice: from the terminal, and handed on by the process that started this one. */
const SAME_MS = 300;

/**
 * Resolves at the first signal that asks this process to stop. One that comes after it does not wait
 * for the end any more: the process is gone at once, its data as after any other kill.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = () => {
      const now = performance.now();
      if (first === undefined) {
        first = now;
        resolve();
      } else if (now - first > SAME_MS) process.exit(130);
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
