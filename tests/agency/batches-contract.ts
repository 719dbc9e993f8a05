import { expect, test } from 'vitest';
import type { Batch, BatchRow } from '../../src/agency/core/batches/ports.ts';
import type { AgencyStore, Inquiry } from '../../src/agency/core/ports.ts';
import { digestOf, idOf } from '../support/ids.ts';

const batch: Batch = {
  id: idOf('batch'),
  by: { kind: 'business-system', id: 'gyomu' },
  digest: digestOf('file'),
  state: 'running',
  rows: 3,
  affairs: ['JM00000000000001'],
  concurrency: 8,
  createdAt: 1000,
};
const ask = {
  integratedAddressNumber: '123456789012345',
  provider: '11202',
  item: '25',
  information: 'TM00000000000001',
};
const row = (number: number): Omit<BatchRow, 'state' | 'code'> => ({
  row: number,
  line: number + 1,
  inquiry: idOf(`inquiry ${number}`),
  ask,
});
const inquiry = (number: number, state: Inquiry['state']): Inquiry => ({
  ...ask,
  ...{ id: idOf(`inquiry ${number}`), state, by: 'gyomu', createdAt: 1000 },
  byKind: 'business-system',
});
const all = { after: 0, limit: 100 };

async function withRows(open: () => AgencyStore, rows = 3) {
  const store = open();
  await store.transact((tx) => {
    tx.addBatch(batch);
    for (let number = 1; number <= rows; number += 1) tx.addBatchRow(batch.id, row(number));
  });
  const states = () => store.read.batchRows(batch.id, all).map(({ state }) => state);
  return { ...store, states };
}

/** What batches rely on, whatever keeps them. */
export function batchesContract(open: () => AgencyStore): void {
  test('a batch comes back as it was added and changed', async () => {
    const { transact, read } = await withRows(open);
    expect(read.batch(batch.id)).toEqual(batch);
    const change = { state: 'stopped', endedAt: 2000, code: 'storage_full' } as const;
    await transact((tx) => tx.changeBatch(batch.id, change));
    expect(read.batch(batch.id)).toEqual({ ...batch, ...change });
    await transact((tx) =>
      tx.changeBatch(batch.id, { state: 'running', endedAt: undefined, code: undefined }),
    );
    expect(read.batch(batch.id)).toEqual(batch);
    expect([read.batch(idOf('other')), read.batchesIn(['stopped'])]).toEqual([undefined, []]);
  });

  test('nobody approves what they sent themselves, whatever the core does (R-301)', async () => {
    const { transact, read } = open();
    const by = { kind: 'staff', id: 'jocho' } as const;
    await transact((tx) => tx.addBatch({ ...batch, by, state: 'awaiting_approval' }));
    const approve = (approver: string) =>
      transact((tx) => tx.changeBatch(batch.id, { state: 'running', approver }));
    await expect(approve('jocho')).rejects.toThrow();
    expect(read.batch(batch.id)?.state).toBe('awaiting_approval');
    await approve('jocho2');
    expect(read.batch(batch.id)?.approver).toBe('jocho2');
  });

  test('are listed by sender, newest first, and found by their file; a file that is being checked is not', async () => {
    const { transact, read } = open();
    const staff = { kind: 'staff', id: 'gyomu' } as const;
    const made = [
      { ...batch, id: idOf('1') },
      { ...batch, id: idOf('2'), createdAt: 2000 },
      { ...batch, id: idOf('3'), by: staff },
      { ...batch, id: idOf('4'), state: 'checking', createdAt: 3000 } as const,
      { ...batch, id: idOf('5'), by: { ...staff, id: 'tanto' }, createdAt: 4000 },
    ];
    await transact((tx) => {
      for (const each of made) tx.addBatch(each);
    });
    const ids = (batches: readonly Batch[]) => batches.map(({ id }) => id);
    expect(ids(read.batchesOf('business-system', 'gyomu', 9))).toEqual([idOf('2'), idOf('1')]);
    expect(ids(read.batchesOf('business-system', 'gyomu', 1))).toEqual([idOf('2')]);
    expect(ids(read.batchesOf('staff', undefined, 9))).toEqual([idOf('5'), idOf('3')]);
    expect(read.batchOfFile(batch.by, batch.digest)?.id).toBe(idOf('2'));
    expect(read.batchOfFile(staff, batch.digest)?.id).toBe(idOf('3'));
    expect(read.batchOfFile(batch.by, digestOf('other'))).toBeUndefined();
    expect(ids(read.batchesIn(['checking']))).toEqual([idOf('4')]);
  });

  test('rows come in the order of the file, from any row on, by state', async () => {
    const { transact, read } = await withRows(open, 5);
    expect(read.batchRows(batch.id, all)).toEqual(
      [1, 2, 3, 4, 5].map((number) => ({ ...row(number), state: 'waiting', code: undefined })),
    );
    await transact((tx) => tx.failBatchRow(batch.id, 3, 'code_not_acquired'));
    const rows = (options: Parameters<typeof read.batchRows>[1]) =>
      read.batchRows(batch.id, options).map((each) => each.row);
    expect(rows({ after: 1, limit: 2, states: ['waiting', 'open'] })).toEqual([2, 4]);
    expect(rows({ after: 3, limit: 9 })).toEqual([4, 5]);
    expect(read.batchCounts(batch.id)).toEqual([
      { state: 'failed', code: 'code_not_acquired', rows: 1 },
      { state: 'waiting', code: undefined, rows: 4 },
    ]);
    await transact((tx) => tx.retryFailedRows(batch.id));
    expect(read.batchCounts(batch.id)).toEqual([{ state: 'waiting', code: undefined, rows: 5 }]);
  });

  test('a row that asks the same is not added, and the line of the first is told', async () => {
    const { transact, read } = await withRows(open);
    const same = { ...row(9), inquiry: row(2).inquiry };
    expect(await transact((tx) => tx.addBatchRow(batch.id, same))).toBe(false);
    expect(read.lineOfInquiry(same.inquiry)).toBe(3);
    expect(read.batchRows(batch.id, all)).toHaveLength(3);
  });

  test('a row follows its inquiry, whoever changes it: while it is asked, to its end, when it lapses', async () => {
    const { transact, states } = await withRows(open);
    await transact((tx) => {
      tx.addInquiry(inquiry(1, 'permitted'));
      tx.addInquiry(inquiry(2, 'permitted'));
      tx.addInquiry({ ...inquiry(3, 'denied'), code: 'information_not_listed' });
      tx.addInquiry(inquiry(4, 'denied'));
    });
    expect(states()).toEqual(['waiting', 'waiting', 'denied']);
    await transact((tx) => {
      tx.changeInquiry(idOf('inquiry 1'), { state: 'open', code: 'provider_timeout' });
      tx.changeInquiry(idOf('inquiry 2'), { state: 'pending' });
    });
    expect(states()).toEqual(['open', 'pending', 'denied']);
    await transact((tx) =>
      tx.changeInquiry(idOf('inquiry 1'), { state: 'provided', code: undefined }),
    );
    await transact((tx) => tx.changeInquiry(idOf('inquiry 2'), { state: 'lapsed' }));
    expect(states()).toEqual(['provided', 'lapsed', 'denied']);
  });

  test('a change of an inquiry that is taken back takes back its row’s', async () => {
    const { transact, states } = await withRows(open);
    const failing = transact((tx) => {
      tx.addInquiry(inquiry(1, 'denied'));
      throw new Error('on the way');
    });
    await expect(failing).rejects.toThrow('on the way');
    expect(states()).toEqual(['waiting', 'waiting', 'waiting']);
  });

  test('is dropped a piece at a time; its inquiries stay', async () => {
    const { transact, read } = await withRows(open, 5);
    await transact((tx) => tx.addInquiry(inquiry(1, 'provided')));
    expect(await transact((tx) => tx.dropBatch(batch.id, 3))).toBe(false);
    expect([read.batch(batch.id), read.batchRows(batch.id, all).length]).toEqual([batch, 2]);
    expect(await transact((tx) => tx.dropBatch(batch.id, 3))).toBe(true);
    expect([read.batch(batch.id), read.batchRows(batch.id, all)]).toEqual([undefined, []]);
    expect(read.inquiry(idOf('inquiry 1'))?.state).toBe('provided');
  });
}
