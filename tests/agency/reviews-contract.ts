import { expect, test } from 'vitest';
import type { AgencyStore } from '../../src/agency/core/ports.ts';
import { PENDING, type Review } from '../../src/agency/core/reviews/ports.ts';
import { digestOf, idOf } from '../support/ids.ts';

/** One that waits, with nothing in it that is not there from the beginning. */
export const waiting: Review = {
  exchange: idOf('exchange'),
  integratedAddressNumber: '123456789012345',
  kind: 'copy',
  state: 'waiting',
  restricted: false,
  createdAt: 1,
  dueAt: 100,
};
const reviewed = { state: 'reviewed', reviewer: 'tanto', seen: digestOf('seen') } as const;

/** What the core relies on of reviews, whatever keeps them. */
export function reviewsContract(open: () => AgencyStore): void {
  test('come back as they were added and changed', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.addReview(waiting));
    expect(read.review(waiting.exchange)).toEqual(waiting);
    await transact((tx) => tx.changeReview(waiting.exchange, reviewed));
    const returned = {
      state: 'returned',
      returnedBy: 'jocho',
      reason: 'incomplete',
      note: new Uint8Array([1, 2]),
    } as const;
    await transact((tx) => tx.changeReview(waiting.exchange, returned));
    expect(read.review(waiting.exchange)).toEqual({ ...waiting, ...reviewed, ...returned });
    const approved = {
      state: 'approved',
      approver: 'jocho',
      decidedAt: 5,
      note: undefined,
    } as const;
    await transact((tx) => tx.changeReview(waiting.exchange, approved));
    expect(read.review(waiting.exchange)).toEqual({
      ...waiting,
      ...reviewed,
      ...returned,
      ...approved,
    });
    expect(read.review(idOf('none'))).toBeUndefined();
  });

  test('entered by hand, they keep what was entered until it is taken away', async () => {
    const { transact, read } = open();
    const entered = {
      ...waiting,
      kind: 'manual',
      state: 'entered',
      entered: new Uint8Array([7]),
      enteredBy: 'tanto',
    } as const;
    await transact((tx) => tx.addReview(entered));
    expect(read.review(waiting.exchange)).toEqual(entered);
    await transact((tx) =>
      tx.changeReview(waiting.exchange, { state: 'lapsed', entered: undefined }),
    );
    expect(read.review(waiting.exchange)?.entered).toBeUndefined();
  });

  test('are listed by state and due date, and counted', async () => {
    const { transact, read } = open();
    const at = (label: string, dueAt: number, state: Review['state'] = 'waiting') => ({
      ...waiting,
      exchange: idOf(label),
      dueAt,
      state,
      ...(state === 'approved' && { reviewer: 'tanto', approver: 'jocho' }),
    });
    expect(read.reviewCounts(1000)).toEqual({ pending: 0, overdue: 0 });
    await transact((tx) => {
      tx.addReview(at('last', 300));
      tx.addReview(at('first', 100, 'returned'));
      tx.addReview(at('second', 200, 'entered'));
      tx.addReview(at('over', 50, 'approved'));
      tx.addReview(at('lapsed', 50, 'lapsed'));
    });
    expect(read.reviews(PENDING).map(({ exchange }) => exchange)).toEqual(
      ['first', 'second', 'last'].map(idOf),
    );
    expect(read.reviews(['approved', 'lapsed'])).toHaveLength(2);
    expect([99, 100, 101, 201, 301].map((now) => read.reviewCounts(now))).toEqual(
      [0, 0, 1, 2, 3].map((overdue) => ({ pending: 3, overdue })),
    );
  });

  test('invariant 7: the store itself takes no approver who reviewed or entered, nor one whom nobody reviewed for', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.addReview(waiting));
    const wrong: readonly Partial<Review>[] = [
      { state: 'approved', reviewer: 'jocho', approver: 'jocho' },
      { state: 'approved', approver: 'jocho' },
      { state: 'approved', reviewer: 'jocho' },
      { state: 'declined', reviewer: 'jocho' },
      { state: 'reviewed', enteredBy: 'tanto', reviewer: 'tanto' },
      { state: 'approved', enteredBy: 'jocho', reviewer: 'tanto', approver: 'jocho' },
    ];
    for (const change of wrong) {
      await expect(
        transact((tx) => tx.changeReview(waiting.exchange, change)),
        JSON.stringify(change),
      ).rejects.toThrow();
    }
    expect(read.review(waiting.exchange)).toEqual(waiting);
  });
}
