import { type Reading, readingOf, tell, unreadable } from './reading.ts';

/** What `expect.extend` wants of a matcher, in vitest and in jest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A matcher of anything that tells how an inquiry ended. What cannot be read fails, with `.not` as well. */
export function judged(
  received: unknown,
  wanted: string,
  holds: (reading: Reading) => boolean,
): MatcherResult {
  const reading = readingOf(received);
  if (!reading) throw new TypeError(unreadable(received));
  const pass = holds(reading);
  return {
    pass,
    message: () => `expected the inquiry ${pass ? 'not ' : ''}to be ${wanted}\n${tell(reading)}`,
  };
}
