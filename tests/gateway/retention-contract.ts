import { expect, test } from 'vitest';
import type { Exchange, GatewayTx } from '../../src/gateway/core/ports.ts';
import type { OpenGatewayStore } from '../../src/gateway/store/sqlite-store.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';

const exchangeOf = (state: Exchange['state']): Exchange => ({
  ...{ ...subject, id: idOf('exchange'), state, asked: true, permitDigest: digestOf('permit') },
  ...{ requestedAt: 1, expiresAt: 2, oneTimeKey: digestOf('key'), person: digestOf('person') },
});
const kept = (tx: GatewayTx) =>
  tx.keep('32201', { exchange: idOf('exchange'), answer: 'answer' }, 99);

/** When an exchange is finished at the gateway, and what goes with its records, whatever keeps it. */
export function retentionContract(
  open: () => Pick<OpenGatewayStore, 'read' | 'transact' | 'retention'>,
): void {
  test.each([
    ['that was never asked for', 'permitted', undefined, true],
    ['that is being asked for', 'asking', undefined, false],
    ['that people decide on', 'pending', undefined, false],
    ['that is answered and fetched', 'answered', undefined, true],
    ['that is answered and not fetched', 'answered', kept, false],
  ] as const)('records of an exchange %s', async (_, state, more, goes) => {
    const { read, transact, retention } = open();
    const id = idOf('exchange');
    await transact((tx) => {
      tx.addExchange(exchangeOf(state));
      tx.record({ kind: 'permitted', at: 5, exchange: id, person: digestOf('person') });
      more?.(tx);
    });
    const stretch = retention.look(0, retention.endOf(6));
    expect(stretch.counts).toMatchObject(goes ? { over: 1 } : { unfinished: 1 });
    await transact(() => retention.take(stretch));
    expect(read.exchange(id) === undefined).toBe(goes);
    expect(read.recordsOf(id)).toHaveLength(goes ? 0 : 1);
  });

  test('a person is held by the digest that stands beside the record', async () => {
    const { transact, retention } = open();
    await transact((tx) => {
      for (const label of ['a', 'b']) {
        const exchange = idOf(label);
        tx.record({ kind: 'denied', at: 5, exchange, person: digestOf(`person ${label}`) });
        tx.record({ kind: 'delivered', at: 5, exchange });
      }
      const hold = {
        id: idOf('hold'),
        reason: 'disclosure',
        placedBy: 'operator',
        placedAt: 6,
      } as const;
      retention.place({ ...hold, person: digestOf('person b') });
    });
    const { over, counts } = retention.look(0, retention.endOf(9));
    expect(over).toEqual([0, 1]);
    expect(counts).toMatchObject({ held: 2 });
  });
}
