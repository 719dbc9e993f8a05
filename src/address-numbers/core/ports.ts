import type { Transact } from '../../service/ports.ts';

/** A person as the address-number system ties them. */
export interface Tie {
  readonly integratedAddressNumber: string;
  readonly individualNumber: string;
}

export interface AddressNumberReads {
  individualNumberOf(integratedAddressNumber: string): string | undefined;
}

export interface AddressNumberTx extends AddressNumberReads {
  /** @throws RenkeiError state_conflict when either number is tied to another already */
  tie(tie: Tie): void;
}

export interface AddressNumberStore {
  readonly read: AddressNumberReads;
  readonly transact: Transact<AddressNumberTx>;
}

/** The agency’s own node. */
export interface NodeClient {
  beginAcquisition(
    persons: readonly string[],
  ): Promise<readonly { integratedAddressNumber: string; acquisition: string }[]>;
}

/** The resident registry. @returns how many codes were minted */
export type RegistryClient = (message: string) => Promise<number>;
