import type { Signer } from '../../protocol/keys.ts';
import type { Clock, Observe, RecordProofs } from '../../service/ports.ts';
import type { AgencyBook } from './agencies.ts';
import type { PersonSessions } from './disclosure/person-sessions.ts';
import type { CurrentLaw } from './law.ts';
import type { GatewayStore, Nodes } from './ports.ts';

export interface GatewaySettings {
  readonly permitSeconds: number;
  readonly toleranceSeconds: number;
  /** How long an answer given at once, and one that came later, is kept for the inquirer. */
  readonly answerKeepSeconds: number;
  readonly deliveryKeepSeconds: number;
  readonly directorySeconds: number;
  /** How long the key of a node that another took the place of counts on. */
  readonly keyOverlapSeconds: number;
  readonly listsSeconds: number;
}

/** Everything the gateway decides with: its parts are ports, so that any can be swapped. */
export interface Gateway {
  readonly store: GatewayStore;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly signer: Signer;
  readonly agencies: AgencyBook;
  readonly law: CurrentLaw;
  readonly nodes: Nodes;
  readonly proofs: RecordProofs;
  /** The persons concerned who are logged in. */
  readonly persons: PersonSessions;
  /** Exchanges whose provider is being asked by this process. */
  readonly asking: Set<string>;
  readonly observe: Observe;
  readonly settings: GatewaySettings;
  /** Keys of the digests that stand for a person and that mint codes. */
  readonly mint: {
    readonly person: Uint8Array;
    readonly code: Uint8Array;
    /** Makes the person another one in every record that is shown. */
    readonly record: Uint8Array;
  };
  /** Work that goes on after the reply (a delivery); the launcher waits for it when it settles. */
  readonly background: (task: Promise<void>) => void;
}
