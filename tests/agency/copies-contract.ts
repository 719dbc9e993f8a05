import { expect, test } from 'vitest';
import { ALWAYS, type Copy, type CopyKey } from '../../src/agency/core/copies/ports.ts';
import type { AgencyStore } from '../../src/agency/core/ports.ts';
import { fc } from '../support/property.ts';

const KINDS = ['TM00000000000001', 'TM00000000000002', 'TM00000000000003'];
const PEOPLE = ['000000000000001', '000000000000002', '000000000000010'];
const DAYS = ['2026-04-01', '2026-04-02', '2026-05-01', '2027-04-01'];
const [KIND = '', OTHER_KIND = ''] = KINDS;
const [PERSON = '', OTHER = ''] = PEOPLE;

const version = (change: Partial<Copy> = {}): Copy => ({
  integratedAddressNumber: PERSON,
  information: KIND,
  published: ALWAYS,
  ended: undefined,
  layoutVersion: 'X-1',
  datedBy: undefined,
  records: '[{"接種種別":"BCG"}]',
  autoResponseDisabled: true,
  nonDisclosable: false,
  ...change,
});

const aVersion = fc.record({
  integratedAddressNumber: fc.constantFrom(...PEOPLE),
  information: fc.constantFrom(...KINDS),
  published: fc.constantFrom(ALWAYS, ...DAYS),
  length: fc.option(fc.nat(3), { nil: undefined }),
  records: fc.string().map((text) => JSON.stringify([{ text }])),
});
const versions = fc.array(aVersion, { maxLength: 30 }).map((drawn) =>
  drawn.map(({ length, ...it }) => {
    const ends = [ALWAYS, ...DAYS].filter((day) => day >= it.published);
    return version({ ...it, ended: length === undefined ? undefined : ends[length] });
  }),
);
const keyOf = (it: CopyKey) => `${it.information} ${it.integratedAddressNumber} ${it.published}`;
const byKey = (one: Copy, other: Copy) => (keyOf(one) < keyOf(other) ? -1 : 1);

/** What the provision database promises, whatever keeps it. */
export function copiesContract(open: () => AgencyStore): void {
  test('a copy comes back as it was put; put again under its key, it takes the place of the one before', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.putCopy(version()));
    expect(read.copy(PERSON, KIND, '2026-04-01')).toEqual(version());
    const other = version({
      layoutVersion: 'K-2',
      records: '[]',
      autoResponseDisabled: false,
      nonDisclosable: true,
      datedBy: '接種年月日',
      ended: '2026-04-02',
    });
    const { published, ...withoutDay } = other;
    expect(published).toBe(ALWAYS);
    await transact((tx) => tx.putCopy(withoutDay));
    expect(read.copy(PERSON, KIND, '2026-04-01')).toEqual(other);
    expect(read.copyVersions(PERSON, KIND)).toEqual([other]);
    expect(read.copyVersion(other)).toEqual(other);
    expect(read.copy(OTHER, KIND, '2026-04-01')).toBeUndefined();
    expect(read.copy(PERSON, OTHER_KIND, '2026-04-01')).toBeUndefined();
    expect(read.copyVersion({ ...other, published: '2026-04-01' })).toBeUndefined();
  });

  test('a version counts from its day until a later one or its end; an end brings nothing back', async () => {
    const { transact, read } = open();
    const first = version();
    const second = version({ published: '2026-04-01', ended: '2026-05-01' });
    const third = version({ published: '2027-04-01' });
    await transact((tx) => [third, first, second].map(tx.putCopy));
    const on = (day: string) => read.copy(PERSON, KIND, day)?.published;
    expect([on('2026-03-31'), on('2026-04-01'), on('2026-04-30')]).toEqual([
      first.published,
      second.published,
      second.published,
    ]);
    expect([on('2026-05-01'), on('2027-03-31'), on('2027-04-01')]).toEqual([
      undefined,
      undefined,
      third.published,
    ]);
    expect(read.copyVersions(PERSON, KIND)).toEqual([first, second, third]);
  });

  test('an end before the first day, and days that are none, are refused with the whole transaction', async () => {
    const { transact, read } = open();
    for (const wrong of [
      { published: '2026-04-02', ended: '2026-04-01' },
      { published: '2026-4-2' },
      { ended: '26-04-01' },
    ]) {
      await expect(transact((tx) => tx.putCopy(version(wrong)))).rejects.toThrow();
    }
    expect(read.copyVersions(PERSON, KIND)).toEqual([]);
  });

  test('one version is deleted, and no other', async () => {
    const { transact, read } = open();
    const later = version({ published: '2026-04-01' });
    const others = version({ integratedAddressNumber: OTHER });
    await transact((tx) => [version(), later, others].map(tx.putCopy));
    expect(await transact((tx) => tx.deleteCopy(later))).toBe(true);
    expect(await transact((tx) => tx.deleteCopy(later))).toBe(false);
    expect(read.copiesAfter(undefined, 9)).toEqual([version(), others]);
  });

  test('property: versions in force, and pages of all, of one kind, of one person, as a plain array gives them', async () => {
    await fc.assert(
      fc.asyncProperty(versions, fc.integer({ min: 1, max: 5 }), async (drawn, page) => {
        const { transact, read } = open();
        await transact((tx) => drawn.map(tx.putCopy));
        const held = [...new Map(drawn.map((it) => [keyOf(it), it])).values()].sort(byKey);
        for (const person of PEOPLE) {
          for (const information of KINDS) {
            const own = held.filter(
              (it) => it.integratedAddressNumber === person && it.information === information,
            );
            expect(read.copyVersions(person, information)).toEqual(own);
            for (const day of DAYS) {
              const last = own.findLast(({ published }) => published <= day);
              const counts = last && !(last.ended !== undefined && last.ended <= day);
              expect(read.copy(person, information, day)).toEqual(counts ? last : undefined);
            }
          }
        }
        for (const person of [undefined, ...PEOPLE]) {
          for (const information of [undefined, ...KINDS]) {
            const only = { person, information };
            const pages: Copy[] = [];
            for (;;) {
              const next = read.copiesAfter(pages.at(-1), page, only);
              pages.push(...next);
              if (next.length < page) break;
            }
            expect(pages).toEqual(
              held.filter(
                (it) =>
                  (person ?? it.integratedAddressNumber) === it.integratedAddressNumber &&
                  (information ?? it.information) === it.information,
              ),
            );
          }
        }
      }),
      { numRuns: 15 },
    );
  });
}
