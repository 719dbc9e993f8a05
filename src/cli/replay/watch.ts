import { watch } from 'node:fs';

const QUIET_MS = 150;

/**
 * Runs at once, and again after each change under the paths, until the signal comes. Changes that follow each other
 * closely count as one; those that come while it runs, as one more.
 */
export async function runAndWatch(
  paths: readonly string[],
  run: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let changed = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(() => changed.resolve(), QUIET_MS);
  };
  const watchers = paths.map((path) => watch(path, { recursive: true, signal }, touched));
  for (const watcher of watchers) watcher.on('error', () => undefined);
  signal.addEventListener('abort', () => changed.resolve());
  while (!signal.aborted) {
    changed = Promise.withResolvers<void>();
    await run();
    if (!signal.aborted) await changed.promise;
  }
  clearTimeout(timer);
}
