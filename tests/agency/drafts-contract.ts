import { expect, test } from 'vitest';
import type { Draft, Proposal } from '../../src/agency/core/copies/draft.ts';
import type { AgencyStore } from '../../src/agency/core/ports.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';

const key = {
  integratedAddressNumber: '000000000000001',
  information: subject.information,
  published: '2026-04-01',
};
const proposal: Proposal = {
  ...key,
  change: 'put',
  copy: {
    ended: '2027-04-01',
    layoutVersion: 'K-1',
    datedBy: '接種年月日',
    records: '[{"接種種別":"BCG"}]',
    autoResponseDisabled: true,
    nonDisclosable: false,
  },
};
const entered = (label: string): Draft & { readonly proposal: Proposal } => ({
  ...{ id: idOf(label), key, change: 'put', proposal, state: 'entered' },
  ...{ enteredBy: 'tanto', enteredAt: 1 },
});
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What three people’s steps rely on, whatever keeps the drafts. */
export function draftsContract(open: () => AgencyStore): void {
  test('a draft comes back as it was added, and as it went on; its id is its own', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.addDraft(entered('a')));
    expect(plain(read.draft(idOf('a')))).toEqual(plain(entered('a')));
    expect(read.draft(idOf('b'))).toBeUndefined();
    await expect(transact((tx) => tx.addDraft(entered('a')))).rejects.toThrow();
    const checked = {
      state: 'checked',
      checkedBy: 'tanto2',
      checkedAt: 2,
      seen: digestOf('x'),
    } as const;
    await transact((tx) => tx.changeDraft(idOf('a'), checked));
    expect(plain(read.draft(idOf('a')))).toEqual(plain({ ...entered('a'), ...checked }));
    const approved = { state: 'approved', decidedBy: 'jocho', decidedAt: 3 } as const;
    await transact((tx) => tx.changeDraft(idOf('a'), approved));
    expect(plain(read.draft(idOf('a')))).toEqual(
      plain({ ...entered('a'), ...checked, ...approved }),
    );
    await expect(
      transact((tx) => tx.changeDraft(idOf('b'), { state: 'checked' })),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('drafts are listed by state in the order in which they were entered, page by page, without content', async () => {
    const { transact, read } = open();
    await transact((tx) => ['d', 'b', 'c', 'a'].map((label) => tx.addDraft(entered(label))));
    const rejected = {
      state: 'rejected',
      decidedBy: 'jocho',
      decidedAt: 3,
      reason: '誤り',
    } as const;
    await transact((tx) => tx.changeDraft(idOf('b'), rejected));
    const ids = (...args: Parameters<typeof read.drafts>) =>
      read.drafts(...args).map(({ id }) => id);
    expect(ids(['entered'], undefined, 9)).toEqual(['d', 'c', 'a'].map(idOf));
    expect(ids(['entered', 'rejected'], idOf('d'), 2)).toEqual(['b', 'c'].map(idOf));
    expect(ids(['entered', 'rejected'], idOf('c'), 2)).toEqual([idOf('a')]);
    expect(ids([], undefined, 9)).toEqual([]);
    const [found] = read.drafts(['rejected'], undefined, 9);
    expect(found).toMatchObject({ ...rejected, key, change: 'put' });
    expect(found?.proposal).toBeUndefined();
  });

  test('thirty days after the decision the content is erased, and nothing else; what is open stays', async () => {
    const { transact, read } = open();
    await transact((tx) => ['open', 'done'].map((label) => tx.addDraft(entered(label))));
    const rejected = {
      state: 'rejected',
      decidedBy: 'jocho',
      decidedAt: 1000,
      reason: '誤り',
    } as const;
    await transact((tx) => tx.changeDraft(idOf('done'), rejected));
    const then = 1000 + 30 * 24 * 60 * 60 * 1000;
    await transact((tx) => tx.sweep(then));
    expect(read.draft(idOf('done'))?.proposal).toBeDefined();
    await transact((tx) => tx.sweep(then + 1));
    const { proposal: _, ...rest } = entered('done');
    expect(plain(read.draft(idOf('done')))).toEqual(plain({ ...rest, ...rejected }));
    expect(plain(read.draft(idOf('open')))).toEqual(plain(entered('open')));
  });

  test.each([
    ['checked by who entered', { state: 'checked', checkedBy: 'tanto', seen: 'x' }],
    ['checked by nobody', { state: 'checked' }],
    ['approved unchecked', { state: 'approved', decidedBy: 'jocho' }],
    [
      'approved by who entered',
      { state: 'approved', checkedBy: 'b', seen: 'x', decidedBy: 'tanto' },
    ],
    ['approved by who checked', { state: 'approved', checkedBy: 'b', seen: 'x', decidedBy: 'b' }],
    ['approved by nobody', { state: 'approved', checkedBy: 'b', seen: 'x' }],
    ['rejected without a reason', { state: 'rejected', decidedBy: 'jocho' }],
  ] as const)('R-303 in the store itself: none is kept that was %s', async (_, change) => {
    const { transact, read } = open();
    await transact((tx) => tx.addDraft(entered('a')));
    await expect(transact((tx) => tx.changeDraft(idOf('a'), change))).rejects.toThrow();
    expect(read.draft(idOf('a'))?.state).toBe('entered');
  });
}
