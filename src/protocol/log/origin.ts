import { LogInvalid } from './log-invalid.ts';

const PREFIX = 'renkei/';

/** The origin of a party’s log, which is also the name of its keys (C2SP tlog-checkpoint). */
export const originOf = (party: string): string => `${PREFIX}${party}`;

/** Whose log a checkpoint claims to be of. @throws LogInvalid checkpoint */
export function partyOf(checkpoint: string): string {
  const [origin = ''] = checkpoint.split('\n', 1);
  if (!origin.startsWith(PREFIX)) throw new LogInvalid('checkpoint');
  return origin.slice(PREFIX.length);
}
