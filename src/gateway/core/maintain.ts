import { tellCorrections } from './corrections/tell-corrections.ts';
import type { Gateway } from './gateway.ts';

/** After a start: what was being asked when the process ended can be asked again. */
export const recover = (gateway: Gateway): Promise<number> =>
  gateway.store.transact((tx) => tx.reopenExchanges(gateway.asking));

/** Forgets what is out of date: replay entries whose message would be refused by its time, kept answers. Tells what waits to be told. */
export async function maintain(gateway: Gateway): Promise<void> {
  await gateway.store.transact((tx) => {
    tx.sweep(gateway.clock.now());
    // An exchange whose end could not be written (a full disk) is open again, not lost.
    tx.reopenExchanges(gateway.asking);
  });
  await tellCorrections(gateway);
}
