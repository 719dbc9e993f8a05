import type { Signer } from '../../protocol/keys.ts';
import type { Permission } from '../../protocol/permission/compile.ts';
import type { Clock, Observe } from '../../service/ports.ts';
import type { AgencyBook } from './agencies.ts';
import type { GatewayStore, Nodes } from './ports.ts';

export interface GatewaySettings {
  readonly permitSeconds: number;
  readonly toleranceSeconds: number;
  /** How long an answer given at once, and one that came later, is kept for the inquirer. */
  readonly answerKeepSeconds: number;
  readonly deliveryKeepSeconds: number;
  readonly directorySeconds: number;
  readonly listsSeconds: number;
}

/** The permission lists as they are handed to the nodes: canonical JSON by digest. */
export interface PublishedLists {
  readonly lists: readonly { readonly id: string; readonly digest: string }[];
  readonly roles: string;
  readonly documents: ReadonlyMap<string, string>;
}

/** Everything the gateway decides with: its parts are ports, so that any can be swapped. */
export interface Gateway {
  readonly store: GatewayStore;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly signer: Signer;
  readonly agencies: AgencyBook;
  readonly permission: Permission;
  readonly published: PublishedLists;
  readonly nodes: Nodes;
  readonly observe: Observe;
  readonly settings: GatewaySettings;
  /** Keys of the digests that stand for a person and that mint codes. */
  readonly mint: { readonly person: Uint8Array; readonly code: Uint8Array };
  /** Work that goes on after the reply (a delivery); the launcher waits for it when it settles. */
  readonly background: (task: Promise<void>) => void;
}
