import type { CopyRecord } from '../../protocol/plaintext.ts';
import type { Transact } from '../../service/ports.ts';
import type { GrantReads, GrantTx } from './authority/ports.ts';
import type { ChangeReads, ChangeTx } from './changes/ports.ts';
import type { AccessHold, LogReads, LogTx } from './log/ports.ts';
import type { PersonReads, PersonTx } from './persons/ports.ts';

export interface AddressNumberReads extends PersonReads, GrantReads, ChangeReads, LogReads {}
export interface AddressNumberTx extends PersonTx, GrantTx, ChangeTx, LogTx {}

export interface AddressNumberStore {
  readonly read: AddressNumberReads;
  readonly transact: Transact<AddressNumberTx>;
}

/** What the node does about a change of persons (see its POST /v1/persons/merge and /split). */
export type NodeChange =
  | {
      readonly kind: 'merge';
      readonly id: string;
      readonly stays: string;
      readonly goes: string;
      readonly codeOf: 'stays' | 'goes';
      readonly copiesOf: Readonly<Record<string, 'stays' | 'goes'>>;
    }
  | {
      readonly kind: 'split';
      readonly id: string;
      readonly from: string;
      readonly to: string;
      readonly codeOf: 'from' | 'to';
      readonly copies: readonly string[];
    };

/** A copy as the node takes it (see its POST /v1/copies/linkage). */
export interface NodeCopy {
  readonly integratedAddressNumber: string;
  readonly information: string;
  readonly layoutVersion: string;
  readonly published?: string | undefined;
  readonly ended?: string | undefined;
  readonly records: readonly CopyRecord[];
  readonly autoResponseDisabled?: boolean | undefined;
  readonly nonDisclosable?: boolean | undefined;
}

/** The agency’s own node. */
export interface NodeClient {
  /**
   * Has the node follow a merge or a split; once for each id.
   * @throws RenkeiError state_conflict when it cannot, provider_unavailable when it is not known whether it did
   */
  changePersons(change: NodeChange): Promise<void>;
  /**
   * Legal holds on persons and days, and the newest time (ms) that the gateway vouched for.
   * @throws RenkeiError provider_unavailable
   */
  held(): Promise<{ readonly vouched: number | undefined; readonly holds: readonly AccessHold[] }>;
  /** Registers copies, all or none. @returns how many are new or have changed */
  putCopies(copies: readonly NodeCopy[]): Promise<number>;
  beginAcquisition(
    persons: readonly string[],
  ): Promise<readonly { integratedAddressNumber: string; acquisition: string }[]>;
}

/** The resident registry. @returns how many codes were minted */
export type RegistryClient = (message: string) => Promise<number>;
