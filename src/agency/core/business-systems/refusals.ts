import type { Transact } from '../../../service/ports.ts';
import type { Operation } from '../staff/operations.ts';

const WINDOW_MS = 60_000;
/** So many alike are written one by one in a window; those after them only counted. */
const WRITTEN = 20;

interface Window {
  readonly since: number;
  written: number;
  counted: number;
  last: Operation;
}

/**
 * Keeps refusals from flooding the operation log: of those alike (who, what, why) within a minute the first twenty
 * have a line each, and the rest one line with their number when the minute is over.
 */
export class Refusals {
  readonly #windows = new Map<string, Window>();

  /** @returns the lines to write now */
  take(line: Operation): readonly Operation[] {
    const due = this.due(line.at);
    const key = JSON.stringify([line.actorKind, line.actor, line.operation, line.code]);
    const window = this.#windows.get(key) ?? { since: line.at, written: 0, counted: 0, last: line };
    this.#windows.set(key, window);
    if (window.written < WRITTEN) {
      window.written += 1;
      return [...due, line];
    }
    window.counted += 1;
    window.last = line;
    return due;
  }

  /** The lines of windows that are over at `now` (ms), or of all of them. They are forgotten with this. */
  due(now: number | 'all'): readonly Operation[] {
    const lines: Operation[] = [];
    for (const [key, { since, counted, last }] of this.#windows) {
      // A clock that went back ends a window as well.
      if (now !== 'all' && now >= since && now < since + WINDOW_MS) continue;
      this.#windows.delete(key);
      const { at, actorKind, actor, operation, outcome, code } = last;
      if (counted > 0)
        lines.push({ at, actorKind, actor, operation, outcome, code, count: counted });
    }
    return lines;
  }
}

interface Node {
  readonly store: { readonly transact: Transact<{ note(line: Operation): void }> };
  readonly refusals: Refusals;
}

/** Writes a refusal to the operation log; durable when this resolves, unless there were too many like it. */
export async function noteRefusal(node: Node, line: Operation): Promise<void> {
  const lines = node.refusals.take(line);
  if (lines.length > 0) await writeAll(node, lines);
}

/** Writes how many refusals were only counted, for windows that are over; for all when the node ends. */
export async function noteCounted(node: Node, now: number | 'all'): Promise<void> {
  const lines = node.refusals.due(now);
  if (lines.length > 0) await writeAll(node, lines);
}

const writeAll = ({ store }: Node, lines: readonly Operation[]): Promise<void> =>
  store.transact((tx) => {
    for (const line of lines) tx.note(line);
  });
