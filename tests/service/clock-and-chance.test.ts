import { expect, test } from 'vitest';
import { manualClock, systemClock } from '../../src/service/clock.ts';
import { makeIds } from '../../src/service/ids.ts';
import { seededRandomness, systemRandomness } from '../../src/service/randomness.ts';

test('the system clock tells milliseconds since the epoch', () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test('a manual clock stands still until told, and never goes back', () => {
  const clock = manualClock('2026-11-22T09:00:00+09:00');
  expect(clock.now()).toBe(Date.UTC(2026, 10, 22));
  clock.advance(1_500);
  expect(clock.now()).toBe(Date.UTC(2026, 10, 22, 0, 0, 1, 500));
  clock.set('2027-01-01T00:00:00Z');
  expect(clock.now()).toBe(Date.UTC(2027, 0, 1));
  expect(() => clock.set('2026-12-31T00:00:00Z')).toThrow(RangeError);
  for (const wrong of [-1, 0.5, Number.NaN]) expect(() => clock.advance(wrong)).toThrow(RangeError);
  for (const wrong of ['', 'soon']) expect(() => clock.set(wrong)).toThrow(RangeError);
  expect(clock.now()).toBe(Date.UTC(2027, 0, 1));
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('seeded chance is fixed by seed and label, for ever', () => {
  const draw = (seed: string, label: string) => hex(seededRandomness(seed, label).bytes(16));
  expect(draw('seed', 'gateway')).toBe('206a765f229d4ece6b23289dd412d3fe');
  expect(draw('seed', 'agency')).not.toBe(draw('seed', 'gateway'));
  expect(draw('other', 'gateway')).not.toBe(draw('seed', 'gateway'));
});

test('seeded chance does not depend on how it is cut', () => {
  const cut = seededRandomness('s', 'l');
  const parts = [3, 5, 0, 40].map((length) => hex(cut.bytes(length))).join('');
  expect(parts).toBe(hex(seededRandomness('s', 'l').bytes(48)));
});

test('ids are 22 characters of base64url, do not repeat, and can be handed to a command', () => {
  const mint = makeIds(systemRandomness);
  const ids = Array.from({ length: 1_000 }, mint);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^\w[\w-]{20}[AQgw]$/);
  const seeded = () => makeIds(seededRandomness('s', 'ids'))();
  expect(seeded()).toBe(seeded());
});
