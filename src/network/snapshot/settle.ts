import { finishedOrHeld } from '../faults/finished-or-held.ts';
import type { Flights } from '../faults/flights.ts';
import type { RunningParties } from './running-parties.ts';

export { turns } from '../faults/finished-or-held.ts';

/** Resolves when nothing is under way, or nothing but what a fault holds and what waits for that. */
export async function settle(flights: Flights, parties: RunningParties): Promise<void> {
  for (;;) {
    const before = flights.changes;
    await flights.until(() => flights.quiet);
    await finishedOrHeld(flights, parties.settled());
    if (flights.changes === before && flights.quiet) return;
  }
}
