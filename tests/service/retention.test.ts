import { describe, expect, test } from 'vitest';
import { japaneseDay } from '../../src/protocol/day.ts';
import { auditExport } from '../../src/protocol/log/audit-export.ts';
import { openCheckpoint } from '../../src/protocol/log/checkpoint.ts';
import { verifyConsistency } from '../../src/protocol/log/consistency.ts';
import { sameHash } from '../../src/protocol/log/hash.ts';
import { verifyInclusion } from '../../src/protocol/log/inclusion.ts';
import { overOn } from '../../src/protocol/log/keep-period.ts';
import { noteVerifier } from '../../src/protocol/log/signed-note.ts';
import { exportText } from '../../src/service/record-log/export-log.ts';
import { idOf } from '../support/ids.ts';
import { fc } from '../support/property.ts';
import { logVerifier, retainedLog } from './retained-log.ts';

// R-108, 番号法施行令29条: records are kept for seven years, and then only their hashes are.

const DAY = 86_400_000;
const known = {
  origin: logVerifier.name,
  keys: [noteVerifier(logVerifier.name, logVerifier.publicKey)],
};
const until = (clock: { now(): number; advance(ms: number): void }, text: string) =>
  clock.advance(Date.parse(text) - clock.now());

test('on the last day of the seven years it stays, from midnight in Japan it is gone; the tree is the same', async () => {
  const { clock, log, retention, write, record, kept, store } = retainedLog();
  await write(record('a'), record('b'));
  until(clock, '2033-11-22T12:00:00+09:00');
  await write(record('c'));
  const { size, root, note } = log.head;
  const leaf = log.node(0, 1);
  until(clock, '2033-11-22T23:59:59.999+09:00');
  await retention.pruneDue();
  expect(kept()).toEqual([0, 1, 2]);
  expect(retention.status()).toMatchObject({
    keep: 'P7Y',
    oldest: Date.parse('2026-11-22T00:00:00Z'),
  });
  clock.advance(1);
  await retention.pruneDue();
  expect(kept()).toEqual([2, 3]);
  const [pruning] = log.records(3, 1);
  expect(pruning?.record).toEqual({
    kind: 'pruned',
    at: clock.now(),
    pruned: {
      from: 0,
      to: 2,
      count: 2,
      before: Date.parse('2026-11-23T00:00:00+09:00'),
      keep: 'P7Y',
    },
  });
  // Proofs from before stay good, and others can be made.
  const after = log.head;
  expect(openCheckpoint(await log.checkpointAt(size), known).note).toBe(await note);
  expect(sameHash(log.root(size), root)).toBe(true);
  verifyInclusion(log.inclusion(1, after.size), {
    leaf,
    index: 1,
    size: after.size,
    root: after.root,
  });
  verifyConsistency(log.consistency(size, after.size), { size, root }, after);
  const audited = await auditExport(await linesOf(store), { log: known });
  expect(audited).toMatchObject({ size: 4, pruned: 2 });
  // Again on the same day there is nothing to do, and no record of it.
  await retention.prune();
  expect(log.head.size).toBe(4);
});

const linesOf = async (store: Parameters<typeof exportText>[0]) => {
  const lines: string[] = [];
  for await (const text of exportText(store)) lines.push(text.trimEnd());
  return lines;
};

test('whole exchanges only: a younger record keeps the older ones, an open exchange and a hold keep all', async () => {
  const { clock, db, retention, write, record, kept } = retainedLog();
  await write(record('young'), record('open'), record('held'), record('over'), {
    kind: 'lists_changed',
    at: clock.now(),
  });
  db.exec(`BEGIN; INSERT INTO open_exchanges VALUES ('${idOf('open')}');
    INSERT INTO hanging VALUES ('${idOf('over')}'), ('${idOf('open')}'); COMMIT`);
  clock.advance(DAY);
  await write(record('young'), record('over', { kind: 'answered' }));
  const hold = await retention.place(
    { exchange: idOf('held') },
    { reason: 'litigation', by: 'kansa' },
  );
  until(clock, '2033-11-23T09:00:00+09:00');
  // 'over' has a record of the day after, whose time is not over yet.
  const first = await retention.prune({ dryRun: true });
  expect(first).toMatchObject({ pruned: 1, held: 1, unfinished: 1, younger: 2 });
  expect(kept()).toHaveLength(8);
  clock.advance(DAY);
  const found = await retention.prune({ by: 'kanri' });
  expect(found).toMatchObject({ pruned: 5, held: 1, unfinished: 1, younger: 0 });
  expect(kept().slice(0, 3)).toEqual([1, 2, 7]);
  expect(db.prepare('SELECT id FROM hanging').all()).toEqual([{ id: idOf('open') }]);
  await retention.release(hold.id, 'kanri');
  db.exec('DELETE FROM open_exchanges');
  await retention.pruneDue();
  expect(kept()[0]).toBe(7);
  await expect(retention.release(hold.id, 'kanri')).rejects.toMatchObject({
    code: 'state_conflict',
  });
  await expect(retention.release(idOf('none'), 'kanri')).rejects.toMatchObject({
    code: 'not_found',
  });
});

describe('a hold', () => {
  const person = idOf('code');
  const day = (text: string) => Date.parse(`${text}T12:00:00+09:00`);
  const entries = [
    ['one', { person, inquirer: '32201', provider: '11202', at: day('2026-11-22') }],
    ['two', { inquirer: '11202', provider: '13101', at: day('2026-12-01') }],
    ['three', { person, inquirer: '13101', provider: '11202', at: day('2026-12-31') }],
  ] as const;
  test.each([
    ['a person', { person }, [0, 2]],
    ['an agency, whichever side it was', { agency: '13101' }, [1, 2]],
    ['a period of days, both included', { from: '2026-12-01', until: '2026-12-30' }, [1]],
    ['what all of it is true of', { person, agency: '13101' }, [2]],
    ['an exchange', { exchange: idOf('two') }, [1]],
    ['from a day on', { from: '2026-12-02' }, [2]],
  ])('on %s', async (_, target, expected) => {
    const { clock, retention, write, record, kept } = retainedLog();
    await write(...entries.map(([exchange, more]) => record(exchange, more)));
    await retention.place(target, { reason: 'audit', by: 'kansa' });
    until(clock, '2034-01-05T00:00:00+09:00');
    await retention.prune();
    expect(kept().filter((index) => index < 3)).toEqual(expected);
    // Its record stays for good, and names what it is about.
    clock.advance(40 * 365 * DAY);
    await retention.prune();
    expect(kept()).toContain(3);
  });
});

describe('clocks that are wrong', () => {
  test('one that runs ahead deletes nothing: nobody vouches for its time', async () => {
    const { clock, time, retention, write, record, kept } = retainedLog();
    await write(record('a'));
    time.vouched = clock.now();
    clock.advance(20 * 365 * DAY);
    await retention.pruneDue();
    expect(kept()).toEqual([0]);
    expect(time.asked).toBe(1);
    time.vouched = undefined;
    expect(await retention.prune()).toMatchObject({ pruned: 0 });
    time.vouched = clock.now();
    expect(await retention.prune()).toMatchObject({ pruned: 1 });
  });

  test('a record that was written by one set back counts as no older than those before it', async () => {
    const { clock, retention, write, record, kept } = retainedLog();
    await write(record('a'), record('b', { at: clock.now() - 5 * 365 * DAY }));
    until(clock, '2033-11-22T12:00:00+09:00');
    await retention.prune();
    expect(kept()).toEqual([0, 1]);
    clock.advance(DAY);
    await retention.prune();
    expect(kept()).toEqual([2]);
  });
});

type Event =
  | { readonly do: 'record'; readonly exchange: number; readonly off: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'hold'; readonly exchange: number }
  | { readonly do: 'release' }
  | { readonly do: 'prune' };

test('at every instant, whatever the order of events: nothing younger is pruned, nothing held, never half an exchange', async () => {
  const events = fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('record' as const),
          exchange: fc.nat(5),
          off: fc.constantFrom(0, 0, 0, -400 * DAY, 400 * DAY),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('wait' as const),
          ms: fc.oneof(fc.nat(DAY), fc.constantFrom(300 * DAY, 7 * 365 * DAY, DAY)),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('hold' as const), exchange: fc.nat(5) }),
      },
      { weight: 1, arbitrary: fc.constant({ do: 'release' as const }) },
      { weight: 3, arbitrary: fc.constant({ do: 'prune' as const }) },
    ),
    { minLength: 5, maxLength: 40 },
  );
  let gone = 0;
  await fc.assert(
    fc.asyncProperty(events, async (all: readonly Event[]) => {
      const { clock, retention, write, record, kept, commit, store } = retainedLog();
      const written: { exchange: number; at: number; index: number }[] = [];
      const holds: { id: string; exchange: number }[] = [];
      for (const event of [...all, { do: 'wait', ms: 9 * 365 * DAY }, { do: 'prune' }] as const) {
        if (event.do === 'wait') clock.advance(event.ms);
        if (event.do === 'record') {
          const at = clock.now() + event.off;
          const [index = -1] = await write(record(`${event.exchange}`, { at }));
          written.push({ exchange: event.exchange, at, index });
        }
        // There is nothing to hold where nothing is, or nothing any more.
        const there = written.some(
          (one) =>
            event.do === 'hold' && one.exchange === event.exchange && kept().includes(one.index),
        );
        if (event.do === 'hold' && there) {
          const target = { exchange: idOf(`${event.exchange}`) };
          const { id } = await retention.place(target, { reason: 'other', by: 'kansa' });
          holds.push({ id, exchange: event.exchange });
        }
        if (event.do === 'release') {
          const hold = holds.pop();
          if (hold) await retention.release(hold.id, 'kansa');
        }
        if (event.do !== 'prune') continue;
        const before = new Set(kept());
        await retention.pruneDue();
        const left = new Set(kept());
        const today = japaneseDay(clock.now());
        const lost = written.filter(({ index }) => before.has(index) && !left.has(index));
        gone += lost.length;
        for (const { exchange, index } of lost) {
          // As old as the youngest of what stands before it.
          const at = Math.max(...written.filter((one) => one.index <= index).map((one) => one.at));
          expect(overOn(japaneseDay(at), 84) <= today).toBe(true);
          expect(holds.some((hold) => hold.exchange === exchange)).toBe(false);
          const whole = written.filter((one) => one.exchange === exchange);
          expect(whole.filter((one) => left.has(one.index))).toEqual([]);
        }
        // What is over by all of that does go.
        const isOver = (exchange: number) =>
          written.every(
            (one) =>
              one.exchange !== exchange ||
              overOn(
                japaneseDay(
                  Math.max(
                    ...written.filter((each) => each.index <= one.index).map((each) => each.at),
                  ),
                ),
                84,
              ) <= today,
          );
        for (const { exchange, index } of written) {
          if (!left.has(index)) continue;
          expect(isOver(exchange) && !holds.some((hold) => hold.exchange === exchange)).toBe(false);
        }
      }
      const counted = store.records
        .records(0, 1_000_000)
        .reduce((sum, one) => sum + (one.record.pruned?.count ?? 0), 0);
      expect(counted).toBe(
        written.length - written.filter(({ index }) => kept().includes(index)).length,
      );
      await commit.close();
    }),
    { numRuns: 150 },
  );
  // All of nine years before the end, unless it was held: never nothing in 150 runs.
  expect(gone).toBeGreaterThan(0);
});
