import { expect, test } from 'vitest';
import type { AgencyTx, Inquiry } from '../../src/agency/core/ports.ts';
import type { Operation } from '../../src/agency/core/staff/operations.ts';
import type { OpenAgencyStore } from '../../src/agency/store/sqlite-store.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';
import { waiting } from './reviews-contract.ts';

type Open = Pick<OpenAgencyStore, 'read' | 'transact' | 'retention'>;
type Change = (tx: AgencyTx, exchange: string) => void;

const PERSON = '123456789012345';
const OTHER = '543210987654321';
const CODE = idOf('code');

const inquiry = (exchange: string, more: Partial<Inquiry> = {}): Inquiry => ({
  id: exchange,
  integratedAddressNumber: PERSON,
  provider: '11202',
  item: '25',
  information: subject.information,
  affair: undefined,
  period: undefined,
  state: 'provided',
  by: 'gyomu',
  byKind: 'business-system',
  createdAt: 1,
  exchange,
  ...more,
});
const provision: Change = (tx, exchange) =>
  tx.addProvision({
    ...{ subject, exchange, person: CODE, oneTimeKey: digestOf('key') },
    ...{ permittedAt: 1, answer: 'answer' },
  });
const line = (at: number, more: Partial<Operation> = {}): Operation => ({
  ...{ at, actorKind: 'staff', actor: 'tanto', operation: 'copies.show', outcome: 'done' },
  ...more,
});

/** What letting records go relies on at a node, whatever keeps it: when an exchange is finished, what goes with it. */
export function retentionContract(open: () => Open): void {
  const sought: readonly (readonly [string, Change, goes: boolean])[] = [
    ['an inquiry that is answered and erased', (tx, id) => tx.addInquiry(inquiry(id)), true],
    [
      'one whose result is still there',
      (tx, id) => tx.addInquiry(inquiry(id, { result: new Uint8Array(1) })),
      false,
    ],
    ...(['asking', 'permitted', 'pending', 'open'] as const).map(
      (state) =>
        [
          `one that is ${state}`,
          (tx, id) => tx.addInquiry(inquiry(id, { state })),
          false,
        ] as const satisfies readonly [string, Change, boolean],
    ),
    ['what was provided', provision, true],
    [
      'an answer on its way',
      (tx, exchange) => tx.addOutgoing({ exchange, answer: 'answer' }),
      false,
    ],
    ['a review that waits', (tx, exchange) => tx.addReview({ ...waiting, exchange }), false],
    [
      'one that is over',
      (tx, exchange) => tx.addReview({ ...waiting, exchange, state: 'lapsed' }),
      true,
    ],
  ];
  test.each(sought)('of %s', async (_, change, goes) => {
    const { read, transact, retention } = open();
    const exchange = idOf('exchange');
    await transact((tx) => {
      tx.record({ kind: 'answered', at: 5, exchange });
      change(tx, exchange);
    });
    const stretch = retention.look(0, retention.endOf(6));
    expect(stretch.counts).toMatchObject(goes ? { over: 1 } : { unfinished: 1 });
    await transact(() => retention.take(stretch));
    const left = [
      read.inquiryByExchange(exchange),
      read.provision(exchange),
      read.review(exchange),
    ];
    expect(left.every((each) => each === undefined)).toBe(goes || read.outgoing().length > 0);
    expect(read.records(0, 9)).toHaveLength(goes ? 0 : 1);
  });

  test('the operation log goes up to the first line of its time, a few at once, but for what is kept', async () => {
    const { read, transact, retention } = open();
    const exchange = idOf('kept');
    await transact((tx) => {
      tx.addAcquisition(idOf('acquisition'), PERSON, 99);
      tx.takeCode(idOf('acquisition'), CODE);
      tx.record({ kind: 'answered', at: 5, exchange });
      tx.note(line(1));
      tx.note(line(2, { exchange }));
      tx.note(line(3, { person: PERSON }));
      tx.note(line(4, { person: OTHER }));
      tx.note(line(5, { exchange: idOf('gone') }));
      tx.note(line(10));
      // By a clock that was set back: no older than the line before it.
      tx.note(line(6));
    });
    const about = { reason: 'audit', placedBy: 'kansa', placedAt: 7 } as const;
    await transact(() => retention.place({ id: idOf('hold'), ...about, person: CODE }));
    expect(read.oldestPast()).toBe(1);
    const times = () => read.operations(0, 99).map(({ operation }) => operation.at);
    expect(await transact((tx) => tx.dropPast(10, 1))).toBe(1);
    expect(times()).toEqual([2, 3, 4, 5, 10, 6]);
    expect(await transact((tx) => tx.dropPast(10, 99))).toBe(2);
    expect(times()).toEqual([2, 3, 10, 6]);
    await transact(() => retention.release(idOf('hold'), 'kansa', 8));
    await transact((tx) => tx.dropPast(10, 99));
    expect(times()).toEqual([2, 10, 6]);
    await transact(() => retention.place({ id: idOf('days'), ...about, from: 2, until: 3 }));
    await transact(() => retention.take(retention.look(0, retention.endOf(6))));
    expect(await transact((tx) => tx.dropPast(10, 99))).toBe(0);
    expect(times()).toEqual([2, 10, 6]);
  });

  test('inquiries that were never sent go too, those that something is to come of do not', async () => {
    const { read, transact } = open();
    const never = (label: string, more: Partial<Inquiry>) => {
      const { exchange: _, ...rest } = inquiry(idOf(label));
      return { ...rest, ...more };
    };
    await transact((tx) => {
      tx.addInquiry(never('declined', { state: 'declined', createdAt: 1 }));
      tx.addInquiry(never('requested', { state: 'requested', createdAt: 1 }));
      tx.addInquiry(never('young', { state: 'declined', createdAt: 10 }));
    });
    expect(await transact((tx) => tx.dropPast(10, 99))).toBe(1);
    const there = ['declined', 'requested', 'young'].map(
      (label) => read.inquiry(idOf(label))?.state,
    );
    expect(there).toEqual([undefined, 'requested', 'declined']);
  });
}
