import type { Signer } from '../../protocol/keys.ts';
import type { Clock, Observe, Randomness } from '../../service/ports.ts';
import type { Caller } from './authority/caller.ts';
import type { AddressNumberStore, NodeClient, RegistryClient } from './ports.ts';

/** The address-number system of one agency (団体内統合宛名システム): the only place that ties both numbers. */
export interface AddressNumbers {
  readonly agency: string;
  readonly store: AddressNumberStore;
  readonly node: NodeClient;
  readonly registry: RegistryClient;
  /** Everybody who may call at all. */
  readonly callers: readonly Caller[];
  readonly clock: Clock;
  /** How long lines of the access log are kept. */
  readonly keepMonths: number;
  readonly newId: () => string;
  readonly randomness: Randomness;
  readonly signer: Signer;
  readonly observe: Observe;
}
