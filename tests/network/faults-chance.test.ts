import { describe, expect, test } from 'vitest';
import { corrupted } from '../../src/network/faults/corrupt.ts';
import { type Fault, FaultSchema, matches } from '../../src/network/faults/fault.ts';
import { Faults } from '../../src/network/faults/faults.ts';
import { Holds } from '../../src/network/faults/holds.ts';
import { manualClock } from '../../src/service/clock.ts';
import { fc } from '../support/property.ts';

const holds = () => new Holds(manualClock('2026-11-22T00:00:00Z'), false);
const QUERY = {
  from: '32201',
  to: 'gateway',
  request: 'query',
  reply: 'answer',
  leg: 'request',
} as const;

const drawn = (seed: string, probability: number, count = 400): boolean[] => {
  const faults = new Faults(seed, holds());
  faults.add({ action: 'drop', probability });
  return Array.from({ length: count }, () => faults.meet(QUERY).length > 0);
};

describe('chance', () => {
  test('is the seed’s: the same messages go wrong every time, others with another seed', () => {
    expect(drawn('renkei', 0.3)).toEqual(drawn('renkei', 0.3));
    expect(drawn('renkei', 0.3)).not.toEqual(drawn('another', 0.3));
    const share = drawn('renkei', 0.3, 4000).filter(Boolean).length / 4000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  test('0 is never and 1 is always', () => {
    expect(drawn('renkei', 0)).not.toContain(true);
    expect(drawn('renkei', 1)).not.toContain(false);
  });

  test('does not change for one fault because there is another', () => {
    const alone = new Faults('renkei', holds());
    const beside = new Faults('renkei', holds());
    alone.add({ action: 'drop', probability: 0.5 });
    beside.add({ action: 'drop', probability: 0.5 });
    beside.add({ action: 'corrupt', probability: 0.5 });
    const ofFirst = (faults: Faults) =>
      Array.from({ length: 100 }, () => faults.meet(QUERY).some(({ id }) => id === 'f1'));
    expect(ofFirst(beside)).toEqual(ofFirst(alone));
  });

  test('goes on where a state was taken', () => {
    const faults = new Faults('renkei', holds());
    faults.add({ action: 'drop', probability: 0.5, times: 40 });
    const next = () => Array.from({ length: 60 }, () => faults.meet(QUERY).length);
    next();
    const state = faults.state();
    const first = next();
    faults.add({ action: 'refuse' });
    faults.restore(state);
    expect(next()).toEqual(first);
    expect(faults.add({ action: 'refuse' })).toBe('f2');
  });
});

test('one character becomes another, in a signed message or in sealed bytes and nowhere else', () => {
  const text = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}\.[A-Za-z0-9_-]{1,40}$/);
  const body = fc.record({
    message: text,
    sealed: fc.option(text, { nil: undefined }),
    accepted: fc.nat(),
    note: text,
  });
  fc.assert(
    fc.property(body, fc.uint8Array({ minLength: 32, maxLength: 32 }), (one, chance) => {
      const other = corrupted(one, chance) as typeof one;
      const changes = (['message', 'sealed'] as const).flatMap((key) =>
        [...(one[key] ?? '')].filter((letter, at) => other[key]?.[at] !== letter),
      );
      expect(changes).toHaveLength(1);
      expect(other.message).toHaveLength(one.message.length);
      expect({ ...other, message: '', sealed: '' }).toEqual({ ...one, message: '', sealed: '' });
    }),
  );
  expect(corrupted({ accepted: 3 }, new Uint8Array(32))).toBeUndefined();
  expect(corrupted(undefined, new Uint8Array(32))).toBeUndefined();
  const kept = { deliveries: [{ message: 'a.b' }], more: false };
  expect(corrupted(kept, new Uint8Array(32))).not.toEqual(kept);
});

describe('which messages a fault is about', () => {
  const reply = { ...QUERY, leg: 'reply' } as const;
  const yes: readonly [string, Fault, typeof QUERY | typeof reply][] = [
    ['any request', { action: 'drop' }, QUERY],
    ['a request by its ends', { from: '32201', to: 'gateway', action: 'drop' }, QUERY],
    [
      'a reply by its own name and ends',
      { from: 'gateway', to: '32201', message: 'answer', action: 'drop' },
      reply,
    ],
    [
      'a reply by its request',
      { from: '32201', message: 'query', leg: 'reply', action: 'drop' },
      reply,
    ],
  ];
  for (const [name, fault, passing] of yes) {
    test(name, () => expect(matches(fault, passing)).toBe(true));
  }
  const no: readonly [string, Fault, typeof QUERY | typeof reply][] = [
    ['not replies, unless told', { action: 'drop' }, reply],
    ['not the other way', { from: 'gateway', to: '32201', action: 'drop' }, QUERY],
    ['not a reply from who asked', { from: '32201', message: 'answer', action: 'drop' }, reply],
    ['not another message', { message: 'permit-request', action: 'drop' }, QUERY],
  ];
  for (const [name, fault, passing] of no) {
    test(name, () => expect(matches(fault, passing)).toBe(false));
  }
});

test.each([
  [{ action: 'delay' }],
  [{ action: 'drop', delaySeconds: 1 }],
  [{ action: 'refuse', leg: 'reply' }],
  [{ action: 'duplicate', message: 'answer' }],
  [{ action: 'drop', probability: 1.1 }],
  [{ action: 'drop', times: 0 }],
  [{ action: 'drop', from: '1' }],
  [{ action: 'explode' }],
  [{ action: 'drop', link: 'x' }],
])('%j is no fault', (fault) => {
  expect(FaultSchema.safeParse(fault).success).toBe(false);
});
