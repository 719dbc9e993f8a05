import type { NetworkOptions } from '../../src/network/network.ts';

type Overrides = NonNullable<NetworkOptions['gatewayOverrides']>;

/** Times from when the gateway hands a record to its storage to when it is durable and its proof can be sent. */
export function appendTimes() {
  let times: number[] = [];
  let begun = 0;
  const queued = new Map<string, number>();
  const overrides: Overrides = ({ store, proofs }) => {
    type Work = Parameters<typeof store.transact>[0];
    type Tx = Parameters<Work>[0];
    let wrapped: Tx | undefined;
    const watch = (tx: Tx): Tx => {
      wrapped ??= {
        ...tx,
        record(entry) {
          if (entry.statement !== undefined) queued.set(entry.statement, begun);
          return tx.record(entry);
        },
      };
      return wrapped;
    };
    return {
      store: {
        read: store.read,
        transact(work) {
          const now = performance.now();
          return store.transact((tx) => {
            begun = now;
            return work(watch(tx));
          });
        },
      },
      proofs: {
        take: (shown) => proofs.take(shown),
        async show(peer, of) {
          const from = queued.get(of.statement);
          queued.delete(of.statement);
          const shown = await proofs.show(peer, of);
          if (from !== undefined) times.push(performance.now() - from);
          return shown;
        },
      },
    };
  };
  return {
    overrides,
    /** What was timed since it was asked last, in milliseconds. */
    take(): number[] {
      const taken = times;
      times = [];
      return taken;
    },
  };
}
