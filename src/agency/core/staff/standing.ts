import { japaneseDay } from '../../../protocol/day.ts';
import type { LogReason } from './operations.ts';
import type { StaffSettings } from './ports.ts';
import type { User } from './users.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The end of a day in Japan, milliseconds since the epoch. */
export const dayEnd = (day: string): number => Date.parse(`${day}T00:00:00+09:00`) + DAY;

/** The first day on which an id that begins on `day` may no longer be valid. */
export const dayAfter = (day: string, days: number): string =>
  japaneseDay(dayEnd(day) - DAY + days * DAY);

/** Why nobody can log in with an id now, whatever they know; undefined when they can. */
export function standing(user: User, now: number): LogReason | undefined {
  const today = japaneseDay(now);
  if (user.disabled) return 'disabled';
  if (today < user.validFrom) return 'not-yet-valid';
  if (today > user.validUntil) return 'expired';
  if (now < user.lockedUntil) return 'locked';
  return undefined;
}

/** From when on a new password is wanted before anything else: at once for one that was given out. */
export const passwordDueAt = (user: User, { password }: StaffSettings): number =>
  user.passwordInitial ? 0 : user.passwordSetAt + password.maxAgeDays * DAY;

/** Whether a password that was given out can no longer be used. */
export const isInitialOver = (user: User, { password }: StaffSettings, now: number): boolean =>
  user.passwordInitial && now >= user.passwordSetAt + password.initialHours * HOUR;
