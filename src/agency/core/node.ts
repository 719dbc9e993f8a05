import type { Signer, Verifier } from '../../protocol/keys.ts';
import type { Permission } from '../../protocol/permission/compile.ts';
import type { Clock, Observe, Randomness } from '../../service/ports.ts';
import type { DirectoryCopy } from './directory-copy.ts';
import type { ListCopy } from './list-copy.ts';
import type { AgencyStore, GatewayClient } from './ports.ts';

export interface NodeSettings {
  readonly toleranceSeconds: number;
  /** How long a result is kept for the business system. */
  readonly resultKeepSeconds: number;
  /** How long an inquiry may stay open or pending before it lapses. */
  readonly inquiryKeepSeconds: number;
}

/** Lists and roles, as handed out by the gateway, into what decides. Pure. */
export type CompileLaw = (lists: readonly string[], roles: string) => Permission;

/** Everything a node acts with: its parts are ports, so that any can be swapped. */
export interface AgencyNode {
  readonly code: string;
  readonly store: AgencyStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** One-time secrets and nonces. */
  readonly randomness: Randomness;
  readonly signer: Signer;
  /** The gateway’s key, known beforehand: everything else is believed because it signed it. */
  readonly gatewayKey: Verifier;
  readonly gateway: GatewayClient;
  readonly compileLaw: CompileLaw;
  readonly directory: DirectoryCopy;
  readonly lists: ListCopy;
  /** Inquiries under way, so that the same one is not asked twice at once. */
  readonly asking: Set<string>;
  readonly observe: Observe;
  readonly settings: NodeSettings;
  readonly background: (task: Promise<void>) => void;
}

/** Who acts at a node. How they log in is not the core’s business. */
export type Principal =
  | { readonly kind: 'business-system'; readonly id: string }
  | { readonly kind: 'staff'; readonly id: string };
