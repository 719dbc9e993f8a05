import type { NetworkOptions } from '../../network/network.ts';
import { RenkeiError } from '../../protocol/errors.ts';

type GatewayOverrides = NonNullable<NetworkOptions['gatewayOverrides']>;

/** A disk of the gateway’s that is full, or that fails in a way nobody has foreseen. */
export class StorageFaults {
  #state: 'full' | 'broken' | undefined;

  set(state: 'full' | 'broken' | undefined): void {
    this.#state = state;
  }

  /** `NetworkOptions.gatewayOverrides`: the store as it was made, with a disk that can fail. */
  readonly gateway: GatewayOverrides = ({ store }) => ({
    store: {
      read: store.read,
      transact: (work) => {
        if (this.#state === 'full') return Promise.reject(new RenkeiError('storage_full'));
        if (this.#state === 'broken') return Promise.reject(new Error('the disk does not answer'));
        return store.transact(work);
      },
    },
  });
}
