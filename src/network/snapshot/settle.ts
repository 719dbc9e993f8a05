import type { Wire } from '../faults/wire.ts';
import type { RunningParties } from './running-parties.ts';

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

/** Resolves when nothing is under way, or nothing but what a fault holds and what waits for that. */
export async function settle(wire: Wire, parties: RunningParties): Promise<void> {
  const { flights } = wire;
  for (;;) {
    const before = flights.changes;
    await flights.until(() => flights.quiet);
    await finishedOrHeld(wire, parties.settled());
    if (flights.changes === before && flights.quiet) return;
  }
}

/** Resolves when `work` is done or goes no further because a fault holds something. Rejects as `work` does. */
export async function finishedOrHeld(wire: Wire, work: Promise<void>): Promise<void> {
  const { flights } = wire;
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
