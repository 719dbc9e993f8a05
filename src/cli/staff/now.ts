import { z } from 'zod';
import { japaneseDay } from '../../protocol/day.ts';
import { askControl } from '../control/operator.ts';
import type { Found } from '../query/find-network.ts';

const ClockReply = z.object({ now: z.iso.datetime() });

/** The time by the network’s clock, which may be a simulated one: milliseconds since the epoch. */
export async function networkNow({ path, running }: Found): Promise<number> {
  const operator = { url: running.control, token: running.controlToken, path };
  return Date.parse((await askControl(operator, '/v1/clock', ClockReply)).now);
}

/** Today in Japan by the network’s clock, and the end of its fiscal year (年度). */
export async function networkDays(found: Found): Promise<{ today: string; endOfYear: string }> {
  const today = japaneseDay(await networkNow(found));
  const [year, month] = today.split('-').map(Number);
  return { today, endOfYear: `${(year ?? 0) + ((month ?? 1) <= 3 ? 0 : 1)}-03-31` };
}
