import { expect, test } from 'vitest';
import { type Bucket, take } from '../../src/agency/core/business-systems/token-bucket.ts';
import { fc } from '../support/property.ts';

const rates = fc.record({
  perSecond: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  burst: fc.integer({ min: 1, max: 500 }),
});
/** Milliseconds between one request and the next; at times the clock goes back. */
const gaps = fc.array(fc.integer({ min: -1000, max: 5000 }), { maxLength: 200 });

test('property: in no span of time more is let through than the burst and what the rate fills up', () => {
  fc.assert(
    fc.property(rates, fc.array(fc.nat(3000), { maxLength: 200 }), (rate, steps) => {
      let now = 1_795_305_600_000;
      let bucket: Bucket | undefined;
      const let_through: number[] = [];
      for (const step of steps) {
        now += step;
        const taken = take(bucket, rate, now);
        bucket = taken.bucket;
        if (taken.waitMs === 0) let_through.push(now);
      }
      for (const [at, from] of let_through.entries()) {
        const span = let_through.slice(at);
        const until = span.at(-1) ?? from;
        const most = rate.burst + ((until - from) / 1000) * rate.perSecond;
        expect(span.length).toBeLessThanOrEqual(most + 1e-6 + (rate.burst < 1 ? 1 : 0));
      }
    }),
  );
});

test('property: whoever waits as long as told is let through, and a clock that goes back gives nothing', () => {
  fc.assert(
    fc.property(rates, gaps, (rate, steps) => {
      let now = 1_795_305_600_000;
      let bucket: Bucket | undefined;
      for (const step of steps) {
        now += step;
        const taken = take(bucket, rate, now);
        if (taken.waitMs > 0) expect(take(taken.bucket, rate, now + taken.waitMs).waitMs).toBe(0);
        if (bucket) {
          const before = Math.floor(bucket.tokens);
          if (step <= 0 && before === 0) expect(taken.waitMs).toBeGreaterThan(0);
        }
        bucket = taken.bucket;
        expect(bucket.tokens).toBeGreaterThanOrEqual(0);
        expect(bucket.tokens).toBeLessThanOrEqual(rate.burst);
      }
    }),
  );
});
