import type { Clock } from './ports.ts';

/** The machine's own time. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that moves only when told to, for simulation and tests. */
export interface ManualClock extends Clock {
  /** Moves forward by whole milliseconds. Throws RangeError for anything else. */
  advance(milliseconds: number): void;
  /** Moves forward to an ISO 8601 time. Throws RangeError if it lies in the past or is no time. */
  set(iso: string): void;
  /** Goes to where it stood when a snapshot was taken, back also. Milliseconds since the epoch. */
  restore(time: number): void;
}

/** Whether a clock moves only when told to. */
export const isManual = (clock: Clock): clock is ManualClock => 'advance' in clock;

const parse = (iso: string): number => {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) throw new RangeError('not an ISO 8601 time');
  return time;
};

/** Starts at an ISO 8601 time, e.g. `2026-11-22T00:00:00+09:00`; never goes back. */
export function manualClock(startIso: string): ManualClock {
  let time = parse(startIso);
  return {
    now: () => time,
    advance(milliseconds) {
      if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
        throw new RangeError('a clock advances by whole milliseconds, forward');
      }
      time += milliseconds;
    },
    set(iso) {
      const next = parse(iso);
      if (next < time) throw new RangeError('a clock is only set forward');
      time = next;
    },
    restore(back) {
      time = back;
    },
  };
}
