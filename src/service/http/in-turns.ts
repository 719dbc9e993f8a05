import { setImmediate as turn } from 'node:timers/promises';

/** One after the other, and between two of them a turn for everybody else who waits. */
export async function* inTurns<Each>(all: Iterable<Each>): AsyncGenerator<Each, void, undefined> {
  for (const each of all) {
    yield each;
    await turn();
  }
}
