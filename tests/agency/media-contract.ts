import { expect, test } from 'vitest';
import type {
  Lending,
  LendingState,
  Medium,
  MediumReads,
  MediumTx,
} from '../../src/agency/core/media/ports.ts';
import type { AgencyStore } from '../../src/agency/core/ports.ts';
import { idOf, subject } from '../support/ids.ts';
import { fc } from '../support/property.ts';

const medium = (number: string): Medium => ({
  ...{ medium: number, kind: 'usb_memory', registeredBy: 'kanri', registeredAt: 1 },
  holdsData: false,
});
const asked = (label: string, number = 'USB-1'): Lending => ({
  ...{ id: idOf(label), medium: number, information: subject.information },
  ...{ purpose: '委託先に渡す', until: '2026-11-30', state: 'requested', files: [] },
  ...{ requestedBy: 'tanto', requestedAt: 2 },
});
type Step = Parameters<MediumTx['changeLending']>[1];
const lent: Step = { state: 'lent', decidedBy: 'jocho', decidedAt: 3 };
const files = [{ at: 4, recipients: ['age1'] }];
const reported: Step = {
  ...{ state: 'reported', reportedBy: 'tanto', reportedAt: 5 },
  ...{ erased: false, note: '委託先に残した' },
};
const returned: Step = { state: 'returned', acceptedBy: 'tanto2', acceptedAt: 6 };
const rejected: Step = { state: 'rejected', decidedBy: 'jocho', decidedAt: 3, reason: '期間' };
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const idsOf = (all: readonly Lending[]) => all.map(({ id }) => id);

/** What lending and return rely on, whatever keeps the ledger. */
export function mediaContract(open: () => AgencyStore): void {
  test('a medium comes back as it was entered and as it went on; its number is its own', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.addMedium({ ...medium('USB-1'), serial: 'A-1' }));
    expect(plain(read.medium('USB-1'))).toEqual({ ...medium('USB-1'), serial: 'A-1' });
    expect(read.medium('usb-1')).toBeUndefined();
    await expect(transact((tx) => tx.addMedium(medium('USB-1')))).rejects.toThrow();
    const change = { holdsData: true, retiredBy: 'kanri', retiredAt: 9, reason: '紛失' };
    await transact((tx) => tx.changeMedium('USB-1', change));
    const after = { ...medium('USB-1'), serial: 'A-1', ...change };
    expect(plain(read.medium('USB-1'))).toEqual(after);
    const gone = transact((tx) => tx.changeMedium('USB-2', change));
    await expect(gone).rejects.toMatchObject({ code: 'not_found' });
  });

  test('media are listed by number, page by page, the retired ones apart', async () => {
    const { transact, read } = open();
    await transact((tx) => {
      for (const number of ['c', 'a', 'd', 'b']) tx.addMedium(medium(number));
      tx.changeMedium('b', { retiredBy: 'kanri', retiredAt: 1, reason: '故障' });
    });
    const numbers = (...args: Parameters<MediumReads['media']>) =>
      read.media(...args).map((each) => each.medium);
    expect(numbers({ retired: false }, undefined, 2)).toEqual(['a', 'c']);
    expect(numbers({ retired: false }, 'a', 9)).toEqual(['c', 'd']);
    expect(numbers({ retired: true }, undefined, 9)).toEqual(['b']);
  });

  test('a lending comes back as it was added, and as it went on', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.addMedium(medium('USB-1')));
    await transact((tx) => tx.addLending(asked('a')));
    const steps = [lent, { files }, reported, returned];
    let expected = asked('a');
    expect(plain(read.lending(idOf('a')))).toEqual(plain(expected));
    for (const step of steps) {
      expect(idsOf([read.openLending('USB-1') ?? asked('none')])).toEqual([idOf('a')]);
      await transact((tx) => tx.changeLending(idOf('a'), step));
      expected = { ...expected, ...step };
      expect(plain(read.lending(idOf('a')))).toEqual(plain(expected));
    }
    expect(read.openLending('USB-1')).toBeUndefined();
    await expect(transact((tx) => tx.changeLending(idOf('b'), lent))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(transact((tx) => tx.addLending(asked('b', 'USB-2')))).rejects.toThrow();
  });

  test('a medium has one open lending, whichever it is', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.addMedium(medium('USB-1')));
    await transact((tx) => tx.addLending(asked('a')));
    for (const step of [{}, lent, reported]) {
      await transact((tx) => tx.changeLending(idOf('a'), step));
      await expect(transact((tx) => tx.addLending(asked('b')))).rejects.toThrow();
    }
    await transact((tx) => tx.changeLending(idOf('a'), returned));
    await transact((tx) => tx.addLending(asked('b')));
    await transact((tx) => tx.changeLending(idOf('b'), rejected));
    await transact((tx) => tx.addLending(asked('c')));
    expect(read.openLending('USB-1')?.id).toBe(idOf('c'));
  });

  test('lendings are listed by state and medium in their order, and counted as the lists say', async () => {
    const WAYS: Readonly<Record<LendingState, readonly Step[]>> = {
      ...{ requested: [], lent: [lent], reported: [lent, reported] },
      ...{ rejected: [rejected], returned: [lent, reported, returned] },
    };
    const states = fc.constantFrom(...(Object.keys(WAYS) as LendingState[]));
    const days = fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23');
    const one = fc.record({ state: states, until: days });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 8 }), async (all) => {
        const { transact, read } = open();
        await transact((tx) => {
          for (const [at, { state, until }] of all.entries()) {
            tx.addMedium(medium(`M${at}`));
            tx.addLending({ ...asked(`l${at}`, `M${at}`), until });
            for (const step of WAYS[state]) tx.changeLending(idOf(`l${at}`), step);
          }
        });
        const which = (fits: (it: (typeof all)[number]) => boolean) =>
          all.flatMap((it, at) => (fits(it) ? [idOf(`l${at}`)] : []));
        for (const state of Object.keys(WAYS) as LendingState[]) {
          const found = read.lendings({ states: [state] }, undefined, 99);
          expect(idsOf(found)).toEqual(which((it) => it.state === state));
        }
        const every = Object.keys(WAYS) as LendingState[];
        const first = read.lendings({ states: every }, undefined, 1);
        const rest = read.lendings({ states: every }, first[0]?.id, 99);
        expect(idsOf([...first, ...rest])).toEqual(which(() => true));
        expect(idsOf(read.lendings({ medium: 'M1', states: every }, undefined, 9))).toEqual(
          all.length > 1 ? [idOf('l1')] : [],
        );
        const [waiting, has] = [['requested', 'reported'], 'lent'];
        expect(read.approvalCounts().media).toBe(
          which(({ state }) => waiting.includes(state)).length,
        );
        expect(read.mediumCounts('2026-11-22')).toEqual({
          lent: which(({ state }) => state === has).length,
          overdue: which(({ state, until }) => state === has && until < '2026-11-22').length,
        });
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ['lent by who asked for it', [{ ...lent, decidedBy: 'tanto' }]],
    ['lent by nobody', [{ state: 'lent' }]],
    ['rejected by who asked for it', [{ ...rejected, decidedBy: 'tanto' }]],
    ['rejected without a reason', [{ ...rejected, reason: undefined }]],
    ['written to before it was lent', [{ files }]],
    ['reported by nobody', [lent, { ...reported, reportedBy: undefined }]],
    ['reported without a word on the data', [lent, { ...reported, erased: undefined }]],
    ['not erased, and nobody says why', [lent, { ...reported, note: undefined }]],
    ['accepted by nobody', [lent, reported, { state: 'returned' }]],
    ['accepted by who had it', [lent, reported, { ...returned, acceptedBy: 'tanto' }]],
    [
      'accepted by who reported it',
      [lent, { ...reported, reportedBy: 'jocho' }, { ...returned, acceptedBy: 'jocho' }],
    ],
  ] satisfies [string, Step[]][])(
    'R-306 in the store itself: none is kept that was %s',
    async (_, steps) => {
      const { transact, read } = open();
      await transact((tx) => tx.addMedium(medium('USB-1')));
      await transact((tx) => tx.addLending(asked('a')));
      const [last, ...before] = [...steps].reverse();
      for (const step of before.reverse()) {
        await transact((tx) => tx.changeLending(idOf('a'), step));
      }
      const kept = read.lending(idOf('a'));
      await expect(transact((tx) => tx.changeLending(idOf('a'), last ?? {}))).rejects.toThrow();
      expect(read.lending(idOf('a'))).toEqual(kept);
    },
  );

  test('what is over is let go when its time is, and the ledger of what is in use stays', async () => {
    const { transact, read } = open();
    await transact((tx) => {
      for (const number of ['a', 'b', 'c']) tx.addMedium(medium(number));
      tx.addLending(asked('returned', 'a'));
      for (const step of [lent, reported, returned]) tx.changeLending(idOf('returned'), step);
      tx.addLending(asked('rejected', 'a'));
      tx.changeLending(idOf('rejected'), rejected);
      tx.addLending(asked('open', 'b'));
      for (const each of ['a', 'c']) {
        tx.changeMedium(each, { retiredBy: 'kanri', retiredAt: 8, reason: '故障' });
      }
    });
    const every = ['requested', 'lent', 'rejected', 'reported', 'returned'] as const;
    const left = () => idsOf(read.lendings({ states: every }, undefined, 9));
    const media = () => [true, false].flatMap((retired) => read.media({ retired }, undefined, 9));
    await transact((tx) => tx.dropPast(6, 9));
    expect(left()).toEqual(['returned', 'open'].map(idOf));
    await transact((tx) => tx.dropPast(8, 9));
    expect([left(), media()]).toEqual([
      [idOf('open')],
      ['a', 'c', 'b'].map((it) => expect.objectContaining({ medium: it })),
    ]);
    await transact((tx) => tx.dropPast(9, 9));
    expect(media().map((each) => each.medium)).toEqual(['b']);
  });
}
