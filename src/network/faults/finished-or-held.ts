import type { Flights } from './flights.ts';

/** Turns of the event loop in which work that is under way shows itself. */
const TURNS = 32;

/**
 * Lets sockets be read and commits be made. Nothing tells that a request is in a socket of this process; it
 * is read in the next turn or two.
 */
export async function turns(count = TURNS): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** Resolves when `work` is done or goes no further because a fault holds something. Rejects as `work` does. */
export async function finishedOrHeld(flights: Flights, work: Promise<void>): Promise<void> {
  let done = false;
  const finished = work.finally(() => {
    done = true;
  });
  finished.catch(() => undefined);
  while (!done) {
    if (flights.heldCount === 0) {
      const waiting = new AbortController();
      await Promise.race([finished, flights.until(() => flights.heldCount > 0, waiting.signal)]);
      waiting.abort();
      continue;
    }
    const before = flights.changes;
    await turns();
    if (!done && flights.changes === before && flights.quiet) return;
  }
  await finished;
}
