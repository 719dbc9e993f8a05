import type { Signer, Verifier } from '../../protocol/keys.ts';
import type { Layouts } from '../../protocol/layouts/compile.ts';
import type { Permission } from '../../protocol/permission/compile.ts';
import type {
  Clock,
  Observe,
  OneTimeCodes,
  Passwords,
  Randomness,
  RecordProofs,
  RecordsKept,
  Vault,
} from '../../service/ports.ts';
import type { RunningBatches } from './batches/running.ts';
import type { Refusals } from './business-systems/refusals.ts';
import type { SystemDesk } from './business-systems/system-desk.ts';
import type { Scratch } from './copies/reconcile/ports.ts';
import type { DirectoryCopy } from './directory-copy.ts';
import type { OwnKeys } from './keys/own-keys.ts';
import type { ListCopy } from './list-copy.ts';
import type { AgencyStore, GatewayClient } from './ports.ts';
import type { AnomalySettings } from './staff/anomalies/detect.ts';
import type { StaffSettings } from './staff/ports.ts';
import type { Sessions } from './staff/sessions.ts';

export type { Principal, StaffMember } from './principal.ts';

export interface NodeSettings {
  readonly toleranceSeconds: number;
  /** How long a result is kept for the business system. */
  readonly resultKeepSeconds: number;
  /** How long an inquiry may stay open or pending before it lapses. */
  readonly inquiryKeepSeconds: number;
  readonly reviews: {
    /** Working days until a request should be decided on, and the time of that day, HH:MM in Japan. */
    readonly dueDays: number;
    readonly closesAt: string;
    /** How long a request may wait before it is refused as not decided on. */
    readonly lapseSeconds: number;
  };
  /** Codes of the information that staff provide by hand when the node holds no copy. */
  readonly manualProvision: ReadonlySet<string>;
  readonly staff: StaffSettings;
  readonly batches: {
    /** Inquiries of one batch under way at once, unless it is told otherwise. */
    readonly concurrency: number;
    /** Of an inquiry file. */
    readonly maxBytes: number;
  };
  readonly anomalies: AnomalySettings;
  /** How long an inquiry made at a terminal waits for its approval. */
  readonly approvalSeconds: number;
}

/** Lists and roles, as handed out by the gateway, into what decides. Pure. */
export type CompileLaw = (lists: readonly string[], roles: string) => Permission;

/** Everything a node acts with: its parts are ports, so that any can be swapped. */
export interface AgencyNode {
  readonly code: string;
  readonly store: AgencyStore;
  readonly clock: Clock;
  /** Whether offices are open on a day of Japan, YYYY-MM-DD. */
  readonly isWorkingDay: (day: string) => boolean;
  readonly newId: () => string;
  /** One-time secrets and nonces. */
  readonly randomness: Randomness;
  /** Seals what is kept at rest. */
  readonly vault: Vault;
  /** This node’s signing keys, and the one that signs now. */
  readonly keys: OwnKeys;
  readonly signer: Signer;
  /** The gateway’s key, known beforehand: everything else is believed because it signed it. */
  readonly gatewayKey: Verifier;
  readonly gateway: GatewayClient;
  readonly proofs: RecordProofs;
  readonly recordsKept: () => RecordsKept;
  readonly compileLaw: CompileLaw;
  /** The forms of copies. */
  readonly layouts: Layouts;
  /** Room for rows while they are put in order. */
  readonly scratch: () => Scratch;
  /** Kinds of information whose copies are compared with their originals now, and the id of each comparison. */
  readonly reconciling: Map<string, string>;
  readonly directory: DirectoryCopy;
  readonly lists: ListCopy;
  readonly systems: SystemDesk;
  readonly refusals: Refusals;
  /** Inquiries under way, so that the same one is not asked twice at once. */
  readonly asking: Set<string>;
  /** Who of the staff is logged in. */
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly oneTimeCodes: OneTimeCodes;
  /** Batches that are carried out now. */
  readonly batches: RunningBatches;
  /** Imports of copies that this process is busy with. */
  readonly importing: Set<string>;
  readonly observe: Observe;
  readonly settings: NodeSettings;
  readonly background: (task: Promise<void>) => void;
}
