import { describe, expect, test } from 'vitest';
import type { InquiryFilter, InquiryPlace } from '../../src/agency/core/inquiries/ports.ts';
import type { AgencyStore, Inquiry, InquiryState } from '../../src/agency/core/ports.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';
import { fc } from '../support/property.ts';

const PEOPLE = ['000000000000001', '000000000000002'];
const PROVIDERS = ['11202', '32201'];
const STATES = [
  'requested',
  'approved',
  'open',
  'pending',
  'provided',
  'denied',
  'lapsed',
] as const;

const asked: Inquiry = {
  id: idOf('inquiry'),
  integratedAddressNumber: PEOPLE[0] ?? '',
  provider: '11202',
  item: '25',
  information: subject.information,
  state: 'provided',
  by: 'gyomu',
  byKind: 'business-system',
  createdAt: 1000,
};
const ended: Inquiry = {
  ...asked,
  by: 'tanto',
  byKind: 'staff',
  exchange: idOf('exchange'),
  subject,
  permit: 'permit',
  denial: '{}',
  result: new Uint8Array([1]),
  secret: new Uint8Array([2]),
  declineReason: new Uint8Array([3]),
  answerDigest: digestOf('answer'),
  deleteAt: 1000,
  approver: 'jocho',
  decidedAt: 5,
  takenOverBy: 'tanto',
  takenOverAt: 6,
  confirmedBy: 'tanto2',
  confirmedAt: 7,
};
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const anInquiry = fc.record({
  label: fc.nat(1_000_000),
  state: fc.constantFrom(...STATES),
  caller: fc.constantFrom(
    ['gyomu', 'business-system'],
    ['kenko', 'business-system'],
    ['tanto', 'staff'],
    ['gyomu', 'staff'],
  ),
  integratedAddressNumber: fc.constantFrom(...PEOPLE),
  provider: fc.constantFrom(...PROVIDERS),
  createdAt: fc.nat(20),
  takenOverBy: fc.option(fc.constant('jocho'), { nil: undefined }),
});
const aFilter = fc.record(
  {
    whose: fc.constantFrom<InquiryFilter['whose']>(
      { kind: 'business-system', id: 'gyomu' },
      { kind: 'staff', id: 'gyomu' },
      { kind: 'staff' },
    ),
    states: fc.uniqueArray(fc.constantFrom(...STATES)),
    person: fc.constantFrom(...PEOPLE),
    provider: fc.constantFrom(...PROVIDERS),
    since: fc.nat(20),
    unconfirmed: fc.boolean(),
  },
  { requiredKeys: ['whose'] },
);

const fits =
  ({ whose, states, person, provider, since, unconfirmed }: InquiryFilter) =>
  (it: Inquiry) =>
    it.byKind === whose.kind &&
    (!('id' in whose) || it.by === whose.id) &&
    (!states || states.includes(it.state)) &&
    (person === undefined || it.integratedAddressNumber === person) &&
    (provider === undefined || it.provider === provider) &&
    (since === undefined || it.createdAt >= since) &&
    (!unconfirmed || (it.takenOverBy !== undefined && it.confirmedBy === undefined));

const newestFirst = (a: Inquiry, b: Inquiry) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);

/** Lists of inquiries, what is due, and what is left of one that was erased; whatever keeps them. */
export function inquiriesContract(open: () => AgencyStore): void {
  describe('lists of inquiries', () => {
    test('property: page by page, newest first, as a plain array gives them', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anInquiry, { maxLength: 30 }),
          aFilter,
          fc.integer({ min: 1, max: 7 }),
          async (made, filter, limit) => {
            const { transact, read } = open();
            const all = [...new Map(made.map((each) => [each.label, each])).values()].map(
              ({ label, caller: [by = '', byKind], ...rest }): Inquiry => ({
                ...{ ...asked, ...rest, id: idOf(String(label)), by },
                byKind: byKind === 'staff' ? 'staff' : 'business-system',
              }),
            );
            await transact((tx) => {
              for (const each of all) tx.addInquiry(each);
            });
            const found: string[] = [];
            let after: InquiryPlace | undefined;
            for (;;) {
              const page = read.inquiriesBefore(filter, after, limit);
              found.push(...page.map(({ id }) => id));
              after = page.at(-1);
              if (page.length < limit) break;
            }
            const expected = all.filter(fits(filter)).sort(newestFirst);
            expect(found).toEqual(expected.map(({ id }) => id));
          },
        ),
        { numRuns: 40 },
      );
    });

    test('pages stay where they were, whatever is made meanwhile', async () => {
      const { transact, read } = open();
      const add = (label: string, createdAt: number) =>
        transact((tx) => tx.addInquiry({ ...asked, id: idOf(label), createdAt }));
      for (const at of [1, 2, 3, 4]) await add(`first ${at}`, at);
      const whose = { kind: 'business-system', id: 'gyomu' } as const;
      const [first, second] = read.inquiriesBefore({ whose }, undefined, 2);
      await add('newer', 9);
      const rest = read.inquiriesBefore({ whose }, second, 10);
      expect([first, second, ...rest].map((each) => each?.createdAt)).toEqual([4, 3, 2, 1]);
    });
  });

  describe('what is due', () => {
    test('R-208, R-301: what was sent and not ended, and what nobody decided on, by their own times', async () => {
      const { transact, read } = open();
      const states: InquiryState[] = [...STATES, 'permitted', 'declined', 'refused'];
      await transact((tx) => {
        for (const state of states) {
          for (const createdAt of [100, 200]) {
            tx.addInquiry({ ...asked, id: idOf(`${state} ${createdAt}`), state, createdAt });
          }
        }
        // It counts from its approval on.
        tx.addInquiry({
          ...asked,
          id: idOf('late'),
          state: 'open',
          createdAt: 100,
          by: 'tanto',
          approver: 'jocho',
          decidedAt: 200,
        });
      });
      const due = (sent: number, decided: number) =>
        read
          .inquiriesToLapse(sent, decided, 100)
          .map(({ state, createdAt }) => `${state} ${createdAt}`)
          .sort();
      expect(due(101, 0)).toEqual(['approved 100', 'open 100', 'pending 100', 'permitted 100']);
      expect(due(0, 101)).toEqual(['requested 100']);
      expect(due(0, 201)).toEqual(['requested 100', 'requested 200']);
      expect(read.inquiriesToLapse(1000, 1000, 3)).toHaveLength(3);
      expect(due(100, 100)).toEqual([]);
    });

    test('R-208: what came of an ended inquiry is erased when its time is over, once, and the rest stays', async () => {
      const { transact, read } = open();
      await transact((tx) => {
        tx.addInquiry(ended);
        tx.addInquiry({ ...asked, id: idOf('no end') });
      });
      expect(read.inquiriesToErase(1000, 10)).toEqual([]);
      expect(read.inquiriesToErase(1001, 10).map(({ id }) => id)).toEqual([ended.id]);
      expect(read.inquiriesToErase(1001, 0)).toEqual([]);
      await transact((tx) => tx.eraseInquiry(ended.id, 1001));
      const { result, secret, permit, denial, declineReason, ...rest } = ended;
      expect([result, secret, permit, denial, declineReason]).not.toContain(undefined);
      expect(plain(read.inquiry(ended.id))).toEqual(plain({ ...rest, deletedAt: 1001 }));
      expect(read.inquiriesToErase(9999, 10)).toEqual([]);
    });
  });

  test('R-301, R-304: one person alone is refused by the storage itself', async () => {
    const { transact } = open();
    const alone: Partial<Inquiry>[] = [
      { approver: 'tanto' },
      { confirmedBy: 'tanto', takenOverBy: 'tanto' },
      { confirmedBy: 'tanto', takenOverBy: undefined },
    ];
    for (const [at, change] of alone.entries()) {
      const inquiry = { ...ended, id: idOf(String(at)), exchange: idOf(String(at)), ...change };
      await expect(transact((tx) => tx.addInquiry(inquiry))).rejects.toThrow(/CHECK/);
    }
  });
}
