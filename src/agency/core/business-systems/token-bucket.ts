import type { Rate } from '../../../protocol/node-api/business-systems.ts';

/** How full a bucket was at a time (ms). */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export interface Taken {
  readonly bucket: Bucket;
  /** Milliseconds until as many will be there; 0 if they were taken. */
  readonly waitMs: number;
}

/** Takes `count` tokens, or none. A bucket that was never used is full. Time that runs backwards fills nothing. */
export function take(bucket: Bucket | undefined, rate: Rate, now: number, count = 1): Taken {
  const before = bucket ?? { tokens: rate.burst, at: now };
  const filled = (Math.max(0, now - before.at) / 1000) * rate.perSecond;
  const tokens = Math.min(rate.burst, before.tokens + filled);
  if (tokens >= count) return { bucket: { tokens: tokens - count, at: now }, waitMs: 0 };
  const waitMs = Math.ceil(((count - tokens) / rate.perSecond) * 1000);
  return { bucket: { tokens, at: now }, waitMs };
}
